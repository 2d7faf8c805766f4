/** Spanish, the reference: one file a screen, so that screens can be written side by side. */
import { accord } from './es/accord';
import { binder } from './es/binder';
import { commitments } from './es/commitments';
import { dates } from './es/dates';
import { delegations } from './es/delegations';
import { exporting } from './es/exporting';
import { followUp } from './es/follow-up';
import { frame } from './es/frame';
import { history } from './es/history';
import { live } from './es/live';
import { mail } from './es/mail';
import { members } from './es/members';
import { minutes } from './es/minutes';
import { minutesList } from './es/minutes-list';
import { paperCheck } from './es/paper-check';
import { papers } from './es/papers';
import { parts } from './es/parts';
import { platformReport } from './es/platform-report';
import { preflight } from './es/preflight';
import { preparation } from './es/preparation';
import { printing } from './es/printing';
import { proposals } from './es/proposals';
import { publicVersion } from './es/public-version';
import { recusals } from './es/recusals';
import { returnedScan } from './es/returned-scan';
import { room } from './es/room';
import { sessions } from './es/sessions';
import { sheetImport } from './es/sheet-import';
import { start } from './es/start';
import { template } from './es/template';
import { today } from './es/today';
import { workPlan } from './es/work-plan';
import { written } from './es/written';

export const es = {
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
