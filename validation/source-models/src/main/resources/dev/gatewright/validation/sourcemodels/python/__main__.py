# SPDX-License-Identifier: Apache-2.0
"""Started as `python FOLDER REQUEST`; all else lies in the package, so that no module of the user is shadowed."""

import sys

from gatewright_source.child import main

sys.exit(main(sys.argv[1]))
