"""A team's set-up in the window: offered, used, taken back, saved."""
