"""The one array type of the core: double precision, whatever the shape."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
