"""What films have in common: found out at night, from ratings and from the catalogue.

Here NumPy and SciPy are at home, and nowhere else: only the program that learns loads these modules, never a server's
process (reviews/actions/learning.py imports them when it is called).
"""
