//! What each government would do: payoffs, best replies, war, bargain, truce.
