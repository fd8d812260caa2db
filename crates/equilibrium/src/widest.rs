//! The widest vectors of the machine, with the digits of any machine.

/// A function compiled twice, for any processor and for those with AVX2, that runs what the machine has.
///
/// Both do the same operations on the same numbers in the same order (lanes are sectors or columns, sums keep their
/// order, and nothing is fused), so the digits are the same. What the body calls must be inlined into it to be compiled
/// twice as well.
macro_rules! widest {
    ($(#[$meta:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$meta])*
        $visible fn $name($($argument: $type),*) {
            #[inline(always)]
            fn narrow($($argument: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn wide($($argument: $type),*) {
                    narrow($($argument),*);
                }
                if std::arch::is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has just been found to have AVX2, which is all the callee needs.
                    #[allow(unsafe_code)]
                    return unsafe { wide($($argument),*) };
                }
            }
            narrow($($argument),*);
        }
    };
}
pub(crate) use widest;
