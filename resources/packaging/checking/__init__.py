"""Tries the packages as a team member gets them: in a machine that has nothing but Debian."""
