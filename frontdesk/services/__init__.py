"""Commands and queries: plain functions whose first argument is a `Tx`; run by `desk.Desk`. No Qt."""
