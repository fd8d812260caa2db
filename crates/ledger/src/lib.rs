//! What governments did and said, and what is in force on an instant, as known on an instant.
