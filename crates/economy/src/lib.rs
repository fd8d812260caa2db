//! What the world bought and sold in a base year: accounts, identities, elasticities.
