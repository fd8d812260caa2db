//! Tables, figures, sentences and the one page, from an outcome.
