//! The front door: a question, the archive it reads, the stages in order, the outcome.
