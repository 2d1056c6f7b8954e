"""What is left of a run when it has ended, whichever way: nothing but its reports."""
