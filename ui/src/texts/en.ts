/** English: must offer exactly what Spanish offers. */
import type { Wording } from './dictionary';
import { accord } from './en/accord';
import { binder } from './en/binder';
import { commitments } from './en/commitments';
import { dates } from './en/dates';
import { delegations } from './en/delegations';
import { exporting } from './en/exporting';
import { followUp } from './en/follow-up';
import { frame } from './en/frame';
import { history } from './en/history';
import { live } from './en/live';
import { mail } from './en/mail';
import { members } from './en/members';
import { minutes } from './en/minutes';
import { minutesList } from './en/minutes-list';
import { paperCheck } from './en/paper-check';
import { papers } from './en/papers';
import { parts } from './en/parts';
import { platformReport } from './en/platform-report';
import { preflight } from './en/preflight';
import { preparation } from './en/preparation';
import { printing } from './en/printing';
import { proposals } from './en/proposals';
import { publicVersion } from './en/public-version';
import { recusals } from './en/recusals';
import { returnedScan } from './en/returned-scan';
import { room } from './en/room';
import { sessions } from './en/sessions';
import { sheetImport } from './en/sheet-import';
import { start } from './en/start';
import { template } from './en/template';
import { today } from './en/today';
import { workPlan } from './en/work-plan';
import { written } from './en/written';
import type { es } from './es';

export const en: Wording<typeof es> = {
  accord,
  binder,
  commitments,
  dates,
  delegations,
  exporting,
  followUp,
  frame,
  history,
  live,
  mail,
  members,
  minutes,
  minutesList,
  paperCheck,
  papers,
  parts,
  platformReport,
  preflight,
  preparation,
  printing,
  proposals,
  publicVersion,
  recusals,
  returnedScan,
  room,
  sessions,
  sheetImport,
  start,
  template,
  today,
  workPlan,
  written,
};
