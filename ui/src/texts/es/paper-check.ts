import { plural } from '../number';

export const paperCheck = {
  title: 'Verificar un documento',
  text: 'Dice si un PDF es del archivo, tal como se emitió, y qué dicen sus firmas electrónicas. Nada de lo que se verifica se guarda.',
  drop: 'Arrastrar los documentos o elegirlos',
  reading: (n: number) => `Verificando ${n} ${plural(n, 'documento', 'documentos')}`,
  results: 'Documentos verificados',
  clear: 'Quitar los resultados',
  verdicts: {
    issued: 'Es del archivo',
    signed_since: 'Es del archivo, con firmas agregadas',
    altered: 'Fue alterado',
    unknown: 'No es de este archivo',
  },
  document: 'Documento del archivo',
  issued: 'Emitido',
  sha256: 'Huella SHA-256',
  signatures: (n: number) => (n === 1 ? 'Una firma electrónica' : `${n} firmas electrónicas`),
  noSignatures: 'No trae firmas electrónicas.',
  words:
    'verificar comprobar autenticidad documento papel acta firmada firma electrónica huella sha falso alterado verify',
};
