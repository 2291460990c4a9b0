/** What a transport tells. After `closed` it tells nothing more. */
export interface TransportEvents {
  opened(): void;
  packet(bytes: Uint8Array): void;
  /** `code` as in `CloseCode`; 1006 if the line broke. */
  closed(code: number, reason: string): void;
}

/** One line to a relay. */
export interface Transport {
  /** What it is, for a person: "WebSocket". */
  readonly name?: string;
  /** Never throws; what is sent on a closed line is lost. */
  send(packet: Uint8Array): void;
  /** Ends the line. `closed` may or may not be told. */
  close(): void;
}

/**
 * Opens a line. Promises: packets arrive whole; `opened` comes before any packet; events never come before the factory
 * has returned. Loss, repetition and reordering are allowed: the client heals them.
 */
export type TransportFactory = (events: TransportEvents) => Transport;
