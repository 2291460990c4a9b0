import { converge, expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';

/** What every app promises, tried on each of them. */
for (const kind of APP_KINDS) {
  const together = async (people: readonly Person[], id: string): Promise<void> => {
    for (const person of people) await person.open(kind, id);
    await people[0]?.app(kind).begin();
    await converge(people);
  };
  const sameScreens = async ([first, ...others]: readonly Person[]): Promise<void> => {
    if (!first) throw new Error('nobody is here');
    await converge([first, ...others]);
    for (const other of others)
      await expect.poll(() => other.app(kind).content()).toEqual(await first.app(kind).content());
  };

  test.describe(kind, () => {
    test('two who open an empty room find one empty document, and nothing is written by opening', async ({
      people,
      id,
    }) => {
      const [ana, bo] = (await people(2)) as [Person, Person];
      await Promise.all([ana.open(kind, id), bo.open(kind, id)]);
      await ana.seesSomeone('Bo');
      await bo.seesSomeone('Ana');
      await converge([ana, bo]);
      expect(await ana.version()).toEqual({});
      await ana.app(kind).begin();
      await sameScreens([ana, bo]);
      expect(Object.keys(await bo.version())).toHaveLength(1);
    });

    test('offline on both sides: both work on, and it merges', async ({ people, id }) => {
      const [ana, bo] = (await people(2)) as [Person, Person];
      await together([ana, bo], id);
      ana.goOffline();
      bo.goOffline();
      await ana.app(kind).add('Ana was offline');
      await bo.app(kind).add('Bo was offline');
      await ana.rename('Renamed offline');
      for (const person of [ana, bo]) await person.sees(/^Offline · \d+ waiting$/);
      await bo.app(kind).showsNot('Ana was offline');
      await ana.goOnline();
      await bo.goOnline();
      await sameScreens([ana, bo]);
      for (const person of [ana, bo]) {
        await person.app(kind).shows('Ana was offline');
        await person.app(kind).shows('Bo was offline');
        await person.seesTitle('Renamed offline');
      }
    });

    test('the relay is killed mid-edit: nothing acknowledged or unacknowledged is lost', async ({
      people,
      relay,
      id,
    }) => {
      const [ana, bo, cy] = (await people(3)) as [Person, Person, Person];
      await together([ana, bo], id);
      for (const person of [ana, bo]) {
        await person.app(kind).add(`Acknowledged to ${person.name}`);
        await converge([ana, bo]);
      }
      const edits = [ana.app(kind).goOn('In flight from Ana'), bo.app(kind).goOn('In flight from Bo')];
      await relay.kill();
      await Promise.all(edits);
      for (const person of [ana, bo]) {
        await person.app(kind).goOn(`Unseen by any relay: ${person.name}`);
        await person.sees(/^Offline · \d+ waiting$/);
      }
      await relay.restart();
      await sameScreens([ana, bo]);
      await cy.open(kind, id);
      await sameScreens([ana, bo, cy]);
      for (const person of [ana, bo, cy]) {
        for (const words of ['Acknowledged to ', 'In flight from ', 'Unseen by any relay: ']) {
          await person.app(kind).shows(`${words}Ana`);
          await person.app(kind).shows(`${words}Bo`);
        }
      }
    });

    test('what says Saved is on the relay’s disk: it outlives the relay and every browser', async ({
      people,
      relay,
      id,
    }) => {
      const [ana, , cy] = (await people(3, { firefox: 0 })) as [Person, Person, Person];
      await together([ana], id);
      await ana.app(kind).add('Saved means saved');
      await ana.sees('Saved');
      await relay.kill();
      await ana.context.close();
      await relay.restart();
      await cy.open(kind, id);
      await cy.app(kind).shows('Saved means saved');
    });

    test('a reload keeps what was made offline, and sends it', async ({ people, id }) => {
      const [ana, bo] = (await people(2)) as [Person, Person];
      await together([bo, ana], id);
      for (const person of [bo, ana]) {
        await person.workOffline();
        await person.app(kind).add(`${person.name} on the train`);
        await person.app(kind).shows(`${person.name} on the train`);
        await person.sees(/^Offline · \d+ waiting$/);
        await person.reload();
        await person.app(kind).shows(`${person.name} on the train`);
      }
      await sameScreens([ana, bo]);
      for (const person of [ana, bo]) {
        await person.app(kind).shows('Ana on the train');
        await person.app(kind).shows('Bo on the train');
      }
    });

    test('undo takes back all of my own and nothing of others, redo brings it again', async ({
      people,
      id,
    }) => {
      const [bo, ana] = (await people(2)) as [Person, Person];
      await together([bo, ana], id);
      await ana.app(kind).add('Made by one');
      await converge([ana, bo]);
      await bo.app(kind).add('Made by the other');
      await converge([ana, bo]);
      await ana.undoAll();
      for (const person of [ana, bo]) {
        await person.app(kind).showsNot('Made by one');
        await person.app(kind).shows('Made by the other');
      }
      await ana.redoAll();
      await sameScreens([ana, bo]);
      for (const person of [ana, bo]) {
        await person.app(kind).shows('Made by one');
        await person.app(kind).shows('Made by the other');
      }
    });

    test('tabs of one browser share a document, not a replica, also without the relay', async ({
      people,
      id,
    }) => {
      const [ana] = (await people(1)) as [Person];
      await together([ana], id);
      const tab = await ana.newTab();
      await tab.open(kind, id);
      ana.goOffline();
      await ana.app(kind).add('From the first tab');
      await tab.app(kind).shows('From the first tab');
      await tab.app(kind).add('From the second tab');
      await ana.app(kind).shows('From the second tab');
      expect(Object.keys(await ana.version())).toHaveLength(2);
      await tab.page.close();
      await ana.goOnline();
      await ana.sees('Saved');
      await ana.reload();
      await ana.app(kind).shows('From the first tab');
      await ana.app(kind).shows('From the second tab');
    });

    test('a slow line: words arrive late, and whole', async ({ people, id }) => {
      const [ana, bo] = (await people(2)) as [Person, Person];
      await together([ana, bo], id);
      for (const person of [ana, bo]) {
        await person.app(kind).add(`Here is ${person.name}`);
        await converge([ana, bo]);
      }
      ana.link.slow(400);
      await Promise.all([ana.app(kind).goOn('Over a slow line'), bo.app(kind).goOn('Over a fast line')]);
      await sameScreens([ana, bo]);
      for (const person of [ana, bo]) {
        await person.app(kind).shows('Over a slow line');
        await person.app(kind).shows('Over a fast line');
      }
    });
  });
}
