"""Says whether every signature and time stamp of a PDF is intact by pyHanko, and whether only signatures came after the first.

    signatures.py PAPER SIGNATURES STAMPS
"""

import sys

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

problems = stamps = 0
with open(sys.argv[1], "rb") as file:
    reader = PdfFileReader(file)
    for signature in reader.embedded_signatures:
        status = validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False, revocation_mode="soft-fail"))
        good = status.intact and status.valid and status.modification_level in (
            ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
        if stamp := status.timestamp_validity:
            print("stamp", stamp.timestamp, stamp.intact, stamp.valid)
            stamps += 1
            good = good and stamp.intact and stamp.valid
        print(signature.field_name, status.intact, status.valid, status.modification_level, status.coverage)
        problems += not good
    count = len(reader.embedded_signatures)
    print(count, "signatures", stamps, "stamps")
sys.exit(1 if problems or (count, stamps) != (int(sys.argv[2]), int(sys.argv[3])) else 0)
