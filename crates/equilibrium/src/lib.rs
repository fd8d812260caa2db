//! What clears when tariffs change: exact-hat systems, solvers, certificates, gradients.
