// What Discord's own client would not let a person do: nothing reaches the bot.
export class ClientRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ClientRefusal';
  }
}
