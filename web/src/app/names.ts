import type { ReactiveControllerHost } from 'lit';
import { send } from '../engine/engine';
import { Live } from '../engine/live';
import type { User } from './session';

interface Profile {
  space: string;
  user: string;
  name: string;
}

/** What people are called: the names they told each space, followed live. */
export class Names {
  private readonly profiles: Live<Profile>;
  /** The names in one space, until a profile changes or another space is asked for. */
  private index: ReadonlyMap<string, string> | undefined;
  private indexOf = '';
  /** Spaces that were told the user's name since the page was opened. */
  private readonly told = new Set<string>();

  constructor(
    private readonly host: ReactiveControllerHost & { isConnected: boolean; user: User },
  ) {
    this.profiles = new Live<Profile>(host, () => (this.index = undefined));
    this.profiles.ask('select space, user, name from profiles');
  }

  /** Names by user id: those of the space, then those the people gave elsewhere. */
  in(space: string): ReadonlyMap<string, string> {
    if (this.index && this.indexOf === space) return this.index;
    const { user } = this.host;
    const names = new Map([[user.id, user.name]]);
    for (const profile of this.profiles.rows) {
      if (profile.user !== user.id && !names.has(profile.user)) {
        names.set(profile.user, profile.name);
      }
    }
    for (const profile of this.profiles.rows) {
      if (profile.space === space) names.set(profile.user, profile.name);
    }
    this.index = names;
    this.indexOf = space;
    return names;
  }

  /** Tells a space the user's name, once, when they first write there. */
  tell(space: string): void {
    if (!this.profiles.ready || this.told.has(space)) return;
    this.told.add(space);
    const { user } = this.host;
    const known = this.profiles.rows.some(
      (profile) => profile.space === space && profile.user === user.id,
    );
    if (!known) void send({ space, type: 'profile.updated', payload: { name: user.name } });
  }
}
