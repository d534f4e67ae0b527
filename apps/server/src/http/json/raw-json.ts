/** A JSON text kept exactly as it was received: never parsed for meaning, never written anew. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
