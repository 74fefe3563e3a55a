import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../../elements/avatar';
import '../../elements/dialog';
import '../../elements/menu';
import type { Menu, MenuItem } from '../../elements/menu';
import { icon } from '../../elements/icon';
import { base, buttons, fields } from '../../elements/styles';
import { send } from '../../engine/engine';
import { Live } from '../../engine/live';
import { act } from '../timeline/commands';
import { plainName } from '../timeline/plain-name';

type Role = 'owner' | 'member' | 'reader';

interface Member {
  user: string;
  role: Role;
}

const ROLES: readonly Role[] = ['owner', 'member', 'reader'];
const MOST_MEMBERS = 200;

/** The people of a space. Owners add people, change roles and remove people. */
@customElement('tm-members')
export class Members extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-height: 36px;
      }
      tm-avatar {
        width: 26px;
        height: 26px;
        font-size: 11px;
      }
      .name {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .add {
        margin-top: var(--space-2);
      }
      form {
        display: grid;
        gap: var(--space-5);
      }
      .row {
        display: flex;
        gap: var(--space-2);
      }
    `,
  ];

  @property() space = '';
  @property() me = '';
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  /** Whether the reader may change who is in the space. */
  @property({ type: Boolean }) moderator = false;
  @state() private adding = false;
  @query('tm-menu') private readonly menu!: Menu;
  @query('#user') private readonly userField!: HTMLInputElement;
  @query('#role') private readonly roleField!: HTMLSelectElement;

  private readonly members = new Live<Member>(this);
  private chosen: Member | undefined;

  override willUpdate(): void {
    this.members.ask(
      `select user, role from members where space = ? order by case role when 'owner' then 0 when 'member' then 1 else 2 end, user limit ${MOST_MEMBERS}`,
      [this.space],
    );
  }

  override render() {
    return html`<ul>
        ${this.members.rows.map((member) => this.renderMember(member))}
      </ul>
      ${
        this.moderator
          ? html`<button class="button add" @click=${() => (this.adding = true)}>
              ${icon('plus', 16)} Add someone
            </button>`
          : nothing
      }
      <tm-menu label="Member" @choose=${this.onMenu}></tm-menu>
      ${this.adding ? this.renderDialog() : nothing}`;
  }

  private renderMember(member: Member) {
    const name = this.nameOf(member.user);
    const mine = member.user === this.me;
    return html`<li>
      <tm-avatar small .name=${name}></tm-avatar>
      <span class="name">${name}${mine ? ' (you)' : ''}</span>
      <span class="hint">${member.role}</span>
      ${
        this.moderator && !mine
          ? html`<button
              class="icon-button"
              aria-label="Change ${name}"
              aria-haspopup="menu"
              aria-expanded="false"
              @click=${(event: Event) => {
                this.chosen = member;
                void this.menu.open(event.currentTarget as HTMLElement, items(member));
              }}
            >
              ${icon('more', 18)}
            </button>`
          : nothing
      }
    </li>`;
  }

  private renderDialog() {
    const shut = () => (this.adding = false);
    return html`<tm-dialog heading="Add someone" @close=${shut}>
      <form @submit=${this.add}>
        <div class="field">
          <label for="user">User id</label>
          <input
            id="user"
            autofocus
            required
            maxlength="64"
            autocomplete="off"
            spellcheck="false"
            @input=${() => this.userField.setCustomValidity('')}
            aria-describedby="hint"
          />
          <p class="hint" id="hint">
            The name that whoever runs the server gave to <code>./run token --user NAME</code>.
          </p>
        </div>
        <div class="field">
          <label for="role">May</label>
          <select id="role">
            <option value="member">read and write</option>
            <option value="reader">only read</option>
            <option value="owner">do everything, also add people</option>
          </select>
        </div>
        <div class="row">
          <button class="button primary">Add</button>
          <button class="button" type="button" @click=${shut}>Cancel</button>
        </div>
      </form>
    </tm-dialog>`;
  }

  private readonly add = (event: Event): void => {
    event.preventDefault();
    // The server made the id from the name in the same way.
    const userId = this.userField.value.trim().replace(/\s+/g, '-');
    if (!/^[\w-]{1,64}$/.test(userId)) {
      this.userField.setCustomValidity('Letters, digits, - and _ only.');
      this.userField.reportValidity();
      return;
    }
    this.adding = false;
    this.write('member.joined', { userId, role: this.roleField.value });
  };

  private readonly onMenu = (event: Event): void => {
    const { chosen } = this;
    if (!chosen) return;
    const choice = (event as CustomEvent<string>).detail;
    if (choice === 'remove') this.write('member.left', { userId: chosen.user });
    else if (choice !== chosen.role) {
      this.write('member.role_changed', { userId: chosen.user, role: choice });
    }
  };

  private write(type: string, payload: Record<string, unknown>): void {
    act(send({ space: this.space, type, payload }));
  }

  private nameOf(user: string): string {
    return this.names.get(user) ?? plainName(user);
  }
}

function items(member: Member): MenuItem[] {
  return [
    ...ROLES.map((role) => ({ id: role, label: `Is ${role}`, checked: member.role === role })),
    { id: 'remove', label: 'Remove from the space', icon: 'trash' as const, danger: true },
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'tm-members': Members;
  }
}
