"""A believable synthetic site of any size, made by seed and loaded by COPY: `manage.py make_community`."""
