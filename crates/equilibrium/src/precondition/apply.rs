//! Residuals into steps, and, transposed, what residuals are worth into multipliers: one vector or sixteen.

use crate::panel::Strip;
use crate::precondition::cell::Cell;
use crate::precondition::{Preconditioner, Work};
use crate::widest::widest;

impl Preconditioner {
    /// Turns a residual into a step, in place. Places beyond the preconditioner's own (caps) are left alone.
    pub fn apply(&self, residual: &mut [f64], work: &mut Work) {
        step_of_one(self, residual, work);
    }

    /// The exact transpose of [`Self::apply`].
    pub fn apply_transposed(&self, residual: &mut [f64], work: &mut Work) {
        transposed_of_one(self, residual, work);
    }

    /// [`Self::apply`] of every column, in place.
    pub fn apply_columns(&self, residual: &mut [Strip]) {
        step_of_many(self, residual, &mut Work::new(self.unknowns.layout));
    }

    /// [`Self::apply_transposed`] of every column, in place.
    pub fn apply_transposed_columns(&self, residual: &mut [Strip]) {
        transposed_of_many(self, residual, &mut Work::new(self.unknowns.layout));
    }

    /// Everything but wages, at unchanged wages, of every column, in place.
    pub fn within_countries_columns(&self, rest: &mut [Strip]) {
        within_of_many(self, rest, &mut Work::new(self.unknowns.layout));
    }

    /// The wage block alone, in place.
    #[inline(always)]
    pub fn wage_step<T: Cell>(&self, wages: &mut [T], work: &mut Work<T>) {
        T::set_product(&mut work.wages, &self.wages, wages);
        wages.copy_from_slice(&work.wages);
    }

    /// The wage block alone, transposed, in place.
    #[inline(always)]
    pub fn wage_step_transposed<T: Cell>(&self, wages: &mut [T], work: &mut Work<T>) {
        T::set_transposed(&mut work.wages, &self.wages, wages);
        wages.copy_from_slice(&work.wages);
    }

    #[inline(always)]
    fn step<T: Cell>(&self, residual: &mut [T], work: &mut Work<T>) {
        let layout = self.unknowns.layout;
        let (wages, rest) = residual[..self.unknowns.output().end].split_at_mut(layout.countries);
        self.within.step(rest, work);
        for (on, moved) in self.on_wages.chunks_exact(layout.grid()).zip(rest.chunks_exact(layout.grid())) {
            for n in 0..layout.countries {
                T::add_transposed(&mut wages[n..=n], &on[layout.row(n)], &moved[layout.row(n)]);
            }
        }
        self.wage_step(wages, work);
        T::add_product(rest, &self.of_wages, wages);
    }

    #[inline(always)]
    fn step_transposed<T: Cell>(&self, residual: &mut [T], work: &mut Work<T>) {
        let layout = self.unknowns.layout;
        let (wages, rest) = residual[..self.unknowns.output().end].split_at_mut(layout.countries);
        T::add_transposed(wages, &self.of_wages, rest);
        self.wage_step_transposed(wages, work);
        for (on, moved) in self.on_wages.chunks_exact(layout.grid()).zip(rest.chunks_exact_mut(layout.grid()))
        {
            for n in 0..layout.countries {
                T::add_product(&mut moved[layout.row(n)], &on[layout.row(n)], &wages[n..=n]);
            }
        }
        self.within.step_transposed(rest, work);
    }
}

widest! {
    fn step_of_one(of: &Preconditioner, residual: &mut [f64], work: &mut Work) {
        of.step(residual, work);
    }
}

widest! {
    fn transposed_of_one(of: &Preconditioner, residual: &mut [f64], work: &mut Work) {
        of.step_transposed(residual, work);
    }
}

widest! {
    fn step_of_many(of: &Preconditioner, residual: &mut [Strip], work: &mut Work<Strip>) {
        of.step(residual, work);
    }
}

widest! {
    fn transposed_of_many(of: &Preconditioner, residual: &mut [Strip], work: &mut Work<Strip>) {
        of.step_transposed(residual, work);
    }
}

widest! {
    fn within_of_many(of: &Preconditioner, rest: &mut [Strip], work: &mut Work<Strip>) {
        of.within.step(rest, work);
    }
}
