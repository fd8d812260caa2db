//! What is charged at the border: scope, origin, stacking, effective rates.
