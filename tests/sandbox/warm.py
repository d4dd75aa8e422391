"""What a library may do when it is imported: settle where temporary files go, once and for all."""

import tempfile

tempfile.gettempdir()
