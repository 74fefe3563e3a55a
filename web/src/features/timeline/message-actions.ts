import type { ReactiveControllerHost } from 'lit';
import type { Menu } from '../../elements/menu';
import { discard, retry } from '../../engine/engine';
import { go } from '../../app/route';
import { act, commandsFor, copyText, linkTo, type Reader } from './commands';
import type { EmojiPicker } from './emoji-picker';
import type { MessageAction, MessageElement } from './message';
import {
  deleteMessage,
  editMessage,
  pinMessage,
  react,
  type Message,
  type Reaction,
} from './messages';

/** The timeline whose messages are acted on. */
export interface ActionsHost extends ReactiveControllerHost, Reader {
  readonly space: string;
  readonly channel: string;
  readonly menu: Menu;
  readonly picker: EmojiPicker;
  reactionsTo(message: string): readonly Reaction[];
}

/** What a reader does with messages: the one being edited, the one to be deleted, the one that a menu is open for. */
export class MessageActions {
  /** Id of the message in whose place there is a field. */
  editing: string | undefined;
  /** The message that the reader is asked about. */
  deleting: Message | undefined;
  private pickFor: Message | undefined;

  constructor(private readonly host: ActionsHost) {}

  edit(id: string | undefined): void {
    this.editing = id;
    this.host.requestUpdate();
  }

  askToDelete(message: Message | undefined): void {
    this.deleting = message;
    this.host.requestUpdate();
  }

  deleteConfirmed(): void {
    if (this.deleting) act(deleteMessage(this.host.space, this.deleting.id));
    this.askToDelete(undefined);
  }

  /** Carries out what was done at a message. */
  perform(message: Message, action: MessageAction, element: MessageElement): void {
    switch (action.kind) {
      case 'react':
        this.pickFor = message;
        this.host.picker.open(action.anchor, element);
        break;
      case 'toggle':
        act(react(this.host.space, message.id, action.emoji, action.on));
        break;
      case 'reply':
        this.reply(message);
        break;
      case 'edit':
        this.edit(message.id);
        break;
      case 'save':
        if (action.body === '') {
          this.askToDelete(message);
        } else if (action.body !== message.body) {
          act(editMessage(this.host.space, message.id, action.body));
        }
        this.stopEditing(element);
        break;
      case 'cancel':
        this.stopEditing(element);
        break;
      case 'more':
        this.pickFor = message;
        void this.host.menu.open(action.anchor, commandsFor(message, this.host));
        break;
      case 'retry':
        act(retry(action.refusal.space, action.refusal.id));
        break;
      case 'copy':
        copyText(String(action.refusal.payload['body']), 'Text copied.');
        break;
      case 'discard':
        act(discard(action.refusal.space, action.refusal.id));
        break;
    }
  }

  /** Carries out a command of the menu or of a key. */
  command(id: string, message: Message): void {
    switch (id) {
      case 'reply':
        this.reply(message);
        break;
      case 'link':
        copyText(linkTo(this.host.space, this.host.channel, message), 'Link copied.');
        break;
      case 'text':
        copyText(message.body, 'Text copied.');
        break;
      case 'pin':
        act(pinMessage(this.host.space, message.id, !message.pinned));
        break;
      case 'edit':
        this.edit(message.id);
        break;
      case 'delete':
        this.askToDelete(message);
        break;
    }
  }

  readonly onMenu = (event: Event): void => {
    if (this.pickFor) this.command((event as CustomEvent<string>).detail, this.pickFor);
  };

  readonly onEmoji = (event: Event): void => {
    const message = this.pickFor;
    if (!message) return;
    const emoji = (event as CustomEvent<string>).detail;
    const mine = this.host
      .reactionsTo(message.id)
      .some((reaction) => reaction.author === this.host.me && reaction.emoji === emoji);
    if (!mine) act(react(this.host.space, message.id, emoji, true));
  };

  private reply(message: Message): void {
    go({ space: this.host.space, channel: this.host.channel, thread: message.id });
  }

  private stopEditing(element: MessageElement): void {
    this.edit(undefined);
    element.focus({ preventScroll: true });
  }
}
