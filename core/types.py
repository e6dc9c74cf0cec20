"""The array types of the core: doubles, and what counts, whatever the shape."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]
