"""Django's settings for tests: those of the product, over a home of their own under var/.

The embedded server of that home is shared by all test processes; it does not wait for the disk.
"""

import os
from pathlib import Path

TEST_HOME = Path(__file__).parent.parent / "var" / "test"

for _name in [name for name in os.environ if name.startswith("GUANXI_")]:
    del os.environ[_name]
os.environ.pop("DATABASE_URL", None)
os.environ["GUANXI_HOME"] = str(TEST_HOME)
os.environ["GUANXI_SECRET_KEY"] = "only-for-tests-" * 4
os.environ["GUANXI_MASTER_KEY"] = "only-for-tests-too-" * 4

from guanxi.config.settings import *  # noqa: E402, F403 - the environment comes first

# One round is enough where nothing is secret.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests write down what was read themselves: no thread beside their transaction.
GUANXI_AUDIT_FLUSH_SECONDS = 0
