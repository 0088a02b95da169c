"""IMDb's seven files of tab-separated values into the catalogue.

The files are read line by line into tables of their own (reading, staging); PostgreSQL then finds what is there already
(matching, addressing) and takes over the rest in large steps (storing). Films that are there already and of which IMDb
says something else are stated fact by fact (comparing), so that locks, curators and stronger sources keep their word.
"""
