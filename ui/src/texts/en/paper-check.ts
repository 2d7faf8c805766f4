import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const paperCheck: Wording<typeof es.paperCheck> = {
  title: 'Verify a document',
  text: 'Tells whether a PDF is the archive’s, just as it was issued, and what its electronic signatures say. Nothing that is verified is kept.',
  drop: 'Drag the documents, or choose them',
  reading: (n) => `Verifying ${n} ${plural(n, 'document', 'documents')}`,
  results: 'Verified documents',
  clear: 'Clear the results',
  verdicts: {
    issued: 'It is the archive’s',
    signed_since: 'It is the archive’s, with signatures added',
    altered: 'It was altered',
    unknown: 'It is not of this archive',
  },
  document: 'Document of the archive',
  issued: 'Issued',
  sha256: 'SHA-256 hash',
  signatures: (n) => (n === 1 ? 'One electronic signature' : `${n} electronic signatures`),
  noSignatures: 'It has no electronic signatures.',
  words:
    'verify check authenticity document paper signed minutes electronic signature hash sha forged altered verificar',
};
