"""What staff run: build the notebooks, check the course, grade a class."""
