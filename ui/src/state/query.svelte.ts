import { untrack } from 'svelte';
import { ask, onChanged, Failure, type CallName, type ReplyOf, type Request, type Touched } from '../backend';

/** A record's kind as `changed` names it: the core's table, such as `session` or `agenda_item`. */
export type Concept = string;

/** What a call answered, kept fresh while the component lives. */
export class Query<N extends CallName> {
  /** The newest answer; stays while a newer one is fetched. */
  data = $state.raw<ReplyOf<N>>();
  error = $state.raw<Failure>();
  /** No answer yet and one is on its way. Above 150 ms the skeleton parts show. */
  loading = $state(true);

  #name: N;
  #request: () => Request<N> | null;
  #asked = 0;
  #again = false;
  /** Answers passed over one after another. */
  #passed = 0;
  #asking: Promise<void> = Promise.resolve();
  #busy = false;
  /** Its component is gone: what its request reads may no longer be true. */
  #over = false;

  constructor(name: N, request: () => Request<N> | null) {
    this.#name = name;
    this.#request = request;
  }

  /** Asks again now. */
  refetch = (): Promise<void> => {
    if (this.#over) return Promise.resolve();
    const request = this.#request();
    if (request === null) return Promise.resolve();
    // A change that arrives while asking may or may not be in that answer: ask once more after it.
    if (this.#busy) this.#again = true;
    else this.#asking = this.#ask(request);
    return this.#asking;
  };

  /** Waits until no answer is on its way: what is shown then holds every act done before. */
  settled = async (): Promise<void> => {
    while (this.#busy) await this.#asking;
  };

  async #ask(request: Request<N>): Promise<void> {
    this.#busy = true;
    const turn = (this.#asked += 1);
    try {
      const reply = await ask(this.#name, request);
      if (turn === this.#asked && !this.#stale()) [this.data, this.error] = [reply, undefined];
    } catch (thrown) {
      if (turn === this.#asked) this.error = Failure.from(thrown);
    } finally {
      if (turn === this.#asked) {
        this.loading = false;
        this.#busy = false;
        if (this.#again) {
          this.#again = false;
          void this.refetch();
        }
      }
    }
  }

  /**
   * Whether the answer may be older than an act that was told while it was on its way: shown, it would take back for a
   * moment what was just written. The next one is asked at once; when acts never cease, every third one is shown.
   */
  #stale(): boolean {
    this.#passed = this.#again && this.data !== undefined && this.#passed < 2 ? this.#passed + 1 : 0;
    return this.#passed > 0;
  }

  /** Asks nothing more, also when an act that began before ends later. */
  end(): void {
    this.#over = true;
  }

  /** Another request makes the former answer, and any on its way, foreign. */
  restart(): void {
    this.#asked += 1;
    this.#busy = false;
    this.#again = false;
    this.data = undefined;
    this.error = undefined;
    this.loading = this.#request() !== null;
    void this.refetch();
  }
}

/**
 * Asks the core and asks again whenever an act touches a concept it depends on. Call it while a component
 * starts. `request` may be a function of state: it is asked anew when that changes, and `null` waits.
 *
 *     const session = query('get_session', () => ({ id }), ['session', 'agenda_item']);
 */
export function query<N extends CallName>(
  name: N,
  request: Request<N> | (() => Request<N> | null),
  dependsOn: readonly Concept[],
): Query<N> {
  const ask = typeof request === 'function' ? request : () => request;
  const made = new Query(name, ask);
  let former: string | undefined;
  $effect.pre(() => {
    const key = JSON.stringify(ask());
    if (key === former) return;
    former = key;
    untrack(() => made.restart());
  });
  $effect(() =>
    onChanged((touched) => {
      if (touches(touched, dependsOn)) void made.refetch();
    }),
  );
  $effect(() => () => made.end());
  return made;
}

/** Whether an act touched one of these concepts. */
export function touches(touched: readonly Touched[], dependsOn: readonly Concept[]): boolean {
  return touched.some(({ concept }) => dependsOn.includes(concept));
}
