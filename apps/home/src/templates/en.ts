/** Templates of written documents, as Markdown. */
export const english = {
  minutes: `# Meeting minutes

**Date:** …  
**Here:** …  
**Minutes by:** …

## What it is about

1. What came of last time
2. …
3. Anything else

## What was said

### 1. What came of last time

- …

## Decided

- …

## To do

- [ ] Who does what, until when
- [ ] Send these minutes to everyone

> Next time: date, place
`,
  brief: `# Project brief

> One sentence: what will be different when this is done?

## Why now

What happens today, whom it costs what, and what happens if nobody does anything.

## Goals

1. …
2. …

## Not part of it

- …

## How we will know

- **What:** …, today …, goal …

## Who

- **Decides:** …
- **Does:** …
- **Is asked:** …

## Open questions

- [ ] …
`,
  launch: `# Launch week
> [!NOTE] Open this page in a second window and write in both: everything here is shared.
## This week
[x] Agree on the date
[ ] Write the announcement
    [ ] Ask for a **quote**
    [ ] Pick a picture
[ ] Tell the people who asked
## The day itself
1. Morning: last look, everybody is reachable
2. Noon: it goes out
    - the page
    - the letter to those who waited
3. Afternoon: read what people write, answer all of it
---
> Write down what went wrong while you still remember it.
`,
  handbook: `# Team handbook
> [!NOTE] Whoever misses something here, writes it here.
## First day
[ ] Keys, accounts, lunch
[ ] Meet everybody for ten minutes
[ ] Make one small change and see it go live
## How we work
- We write things down
    - decisions with their reasons
    - questions where others see the answer
- We say early what we cannot do
- Meetings have an aim, or they are cancelled
## Where things are
1. Plans: …
2. Numbers: …
3. Who to ask: …
## When something breaks
> First make it stop hurting people, then find out why.
`,
};
