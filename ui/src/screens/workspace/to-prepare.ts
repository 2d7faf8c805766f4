import type { PreparationStep } from '../../generated/PreparationStep';
import type { SessionDetail } from '../../generated/SessionDetail';

/** What is settled before a session; in writing there is no room, and nobody is asked whether they will come to it. */
export const toPrepare = ({ session, steps }: SessionDetail): readonly PreparationStep[] =>
  session.mode === 'written' ? steps.filter((step) => step.code !== 'answers') : steps;
