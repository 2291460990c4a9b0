import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { SqliteLog } from './sqlite-log.ts';
import type { LogAnswer, LogCall } from './threaded-log.ts';

// The thread that waits for the disk, so that nobody else has to. Started by ThreadedLog with the data folder.

async function answer(log: SqliteLog, { call }: LogCall): Promise<unknown> {
  switch (call.type) {
    case 'find':
      return log.find(call.room);
    case 'append':
      return log.append(call.batches);
    case 'page':
      return log.page(call.room, call.since, call.cursor);
    case 'close':
      return log.close();
  }
}

function serve(port: MessagePort, log: SqliteLog): void {
  port.on('message', async (message: LogCall) => {
    const { id } = message;
    const reply: LogAnswer = await answer(log, message).then(
      (value) => ({ id, value }),
      (error: unknown) => ({ id, error: error instanceof Error ? error.message : String(error) }),
    );
    port.postMessage(reply);
    if (message.call.type === 'close') port.close();
  });
}

if (parentPort) {
  // An error here reaches the other side as the worker's own.
  serve(parentPort, new SqliteLog(workerData as string));
  parentPort.postMessage({ id: 0, value: null } satisfies LogAnswer);
}
