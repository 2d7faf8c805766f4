import { plural } from '../number';

export const today = {
  title: 'Hoy',
  move: 'línea anterior o siguiente',
  dueTitle: 'Por atender',
  groups: {
    overdue: 'Vencido',
    soon: 'En los próximos cinco días',
    later: 'Más adelante',
    undated: 'Sin fecha límite',
  },
  days: (n: number) =>
    n === 0
      ? 'hoy'
      : n === 1
        ? 'mañana'
        : n === -1
          ? 'ayer'
          : n > 0
            ? `en ${n} días`
            : `hace ${-n} ${plural(-n, 'día', 'días')}`,
  since: (n: number) => (n === 0 ? 'desde hoy' : `desde hace ${n} ${plural(n, 'día', 'días')}`),
  kinds: {
    notice: 'Convocatoria',
    proposal_filing: 'Propuestas',
    session_passed: 'Sesión',
    reply_term: 'Respuestas',
    recusal: 'Impedimento',
    minutes_draft: 'Acta',
    minutes_remarks: 'Acta',
    minutes_approval: 'Acta',
    minutes_signature: 'Acta',
    minutes_publication: 'Acta',
    work_plan: 'Plan de trabajo',
    programming: 'Sesiones',
    commitment: 'Compromiso',
    delegation: 'Delegación',
    proposal: 'Propuesta',
  },
  delegationEnds: (delegate: string, seat: string) => `Termina la delegación de ${delegate} (${seat})`,
  delegationsEnd: (n: number) => `Terminan ${n} delegaciones`,
  proposal: {
    filed: (what: string) => `Estudiar la propuesta ${what}`,
    under_review: (what: string) => `Concluir el estudio de la propuesta ${what}`,
    returned: (what: string) => `La propuesta ${what} espera correcciones`,
  },
  nobody: 'Nadie responde por él',
  nothing: 'No hay nada pendiente. Aquí aparecerá lo que se acerque o se venza.',
  resume: 'Volver a la sesión',
  resumeLine: (name: string) => `${name} está en curso.`,
  suspendedLine: (name: string) => `${name} está suspendida.`,
  suspendedUntil: (when: string) => `Sigue el ${when}.`,
  runToday: 'Ir a la sesión de hoy',
  prepare: 'Seguir con la preparación',
  goMinutes: 'Seguir con el acta',
  schedule: 'Programar una sesión',
  session: (kind: string, n: number | null, year: number) =>
    n === null ? `Sesión informativa de ${year}` : `Sesión ${kind} n.º ${n} de ${year}`,
  plainSession: (n: number | null, year: number) =>
    n === null ? `Sesión informativa de ${year}` : `Sesión n.º ${n} de ${year}`,
  sessionKind: { ordinary: 'ordinaria', extraordinary: 'extraordinaria' },
  next: 'Próxima sesión',
  noNext: 'No hay ninguna sesión programada.',
  daysLeft: (n: number, business: number) =>
    n === 0
      ? 'Es hoy'
      : `${n === 1 ? 'Falta 1 día' : `Faltan ${n} días`}, ${business} ${plural(business, 'hábil', 'hábiles')}`,
  conveneBy: (date: string) => `Convocar hasta el ${date}`,
  conveneLate: (date: string) => `El plazo para convocar terminó el ${date}`,
  noticeMet: 'Convocada a tiempo',
  noticeLate: 'Convocada fuera de plazo',
  others: (n: number) => `Después ${plural(n, 'hay', 'hay')} ${n} ${plural(n, 'sesión más', 'sesiones más')}`,
  expected: 'Quórum previsto',
  expectedWord: { yes: 'Habría quórum', no: 'Aún no alcanza' },
  expectedFigure: (n: number, total: number) => `${n} de ${total} ${plural(total, 'puesto', 'puestos')}`,
  calls: 'A quién llamar',
  allSettled: 'Todos los puestos han respondido.',
  moreCalls: (n: number) => `Ver ${n} más`,
  noPhone: 'sin teléfono ni correo registrados',
  year: (n: number) => `El año ${n}`,
  held: 'Sesiones ordinarias',
  heldOf: (held: number, minimum: number) => `${held} de ${minimum}`,
  heldText: (held: number, minimum: number, programmed: number) =>
    `${held} ${plural(held, 'realizada', 'realizadas')}; mínimo ${minimum}; ${programmed} ${plural(programmed, 'programada', 'programadas')} en el año`,
  programmed: (n: number) => `${n} ${plural(n, 'programada', 'programadas')}`,
  extraordinary: 'Extraordinarias',
  notHeld: 'No realizadas',
  decisions: 'Decisiones',
  minutesPublished: 'Actas publicadas',
  minutesPending: 'Actas sin firmar',
  commitments: 'Compromisos abiertos',
  overdueCount: (n: number) => `${n} ${plural(n, 'vencido', 'vencidos')}`,
  plan: 'Plan de trabajo',
  planDone: (done: number, total: number) => `${done} de ${total}`,
  planText: (percent: number, overdue: number) =>
    `${percent} % cumplido${overdue > 0 ? `; ${overdue} ${plural(overdue, 'actividad vencida', 'actividades vencidas')}` : ''}`,
  noPlan: 'Sin plan para este año',
  first: {
    title: 'Primeros pasos',
    lead: 'Con estos cuatro pasos el archivo queda listo para convocar la primera sesión.',
    body: 'Crear la instancia',
    bodyHelp: 'Su nombre, su acto de creación y su secretaría técnica.',
    members: 'Registrar los integrantes',
    membersHelp: 'Los puestos, quién ocupa cada uno y desde cuándo.',
    rules: 'Registrar el reglamento',
    rulesHelp: 'Quórum, mayorías y plazos, con la norma de cada uno.',
    session: 'Programar la primera sesión',
    sessionHelp: 'Fecha, hora y lugar; después, el orden del día y la convocatoria.',
    done: 'hecho',
    after: 'Primero, el paso anterior',
  },
};
