"""Duty round the clock (值班值守): rosters, attendance, handing over."""
