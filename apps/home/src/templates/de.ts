import type { english } from './en.ts';

export const german: typeof english = {
  minutes: `# Protokoll

**Datum:** …  
**Anwesend:** …  
**Protokoll:** …

## Worum es geht

1. Was aus dem letzten Mal wurde
2. …
3. Sonstiges

## Was gesagt wurde

### 1. Was aus dem letzten Mal wurde

- …

## Beschlossen

- …

## Zu tun

- [ ] Wer was bis wann
- [ ] Dieses Protokoll an alle schicken

> Nächstes Mal: Datum, Ort
`,
  brief: `# Projektauftrag

> Ein Satz: Was wird anders sein, wenn das hier fertig ist?

## Warum jetzt

Was heute geschieht, wen es was kostet und was geschieht, wenn niemand etwas tut.

## Ziele

1. …
2. …

## Nicht Teil davon

- …

## Woran wir es merken

- **Was:** …, heute …, Ziel …

## Wer

- **Entscheidet:** …
- **Macht:** …
- **Wird gefragt:** …

## Offene Fragen

- [ ] …
`,
  launch: `# Startwoche
> [!NOTE] Öffnen Sie diese Seite in einem zweiten Fenster und schreiben Sie in beiden: Alles hier ist geteilt.
## Diese Woche
[x] Den Tag festlegen
[ ] Die Ankündigung schreiben
    [ ] Um ein **Zitat** bitten
    [ ] Ein Bild aussuchen
[ ] Denen Bescheid sagen, die gefragt haben
## Der Tag selbst
1. Morgens: letzter Blick, alle sind erreichbar
2. Mittags: Es geht hinaus
    - die Seite
    - der Brief an alle, die gewartet haben
3. Nachmittags: lesen, was die Leute schreiben, und alles beantworten
---
> Schreiben Sie auf, was schiefging, solange Sie es noch wissen.
`,
  handbook: `# Team-Handbuch
> [!NOTE] Wer hier etwas vermisst, schreibt es hier hinein.
## Der erste Tag
[ ] Schlüssel, Konten, Mittagessen
[ ] Alle kennenlernen, je zehn Minuten
[ ] Eine Kleinigkeit ändern und sehen, wie sie ankommt
## Wie wir arbeiten
- Wir schreiben auf
    - Beschlüsse mit ihren Gründen
    - Fragen dort, wo andere die Antwort sehen
- Wir sagen früh, was wir nicht schaffen
- Besprechungen haben ein Ziel, oder sie fallen aus
## Wo was ist
1. Pläne: …
2. Zahlen: …
3. Wen man fragt: …
## Wenn etwas kaputtgeht
> Erst dafür sorgen, dass es niemandem mehr schadet, dann herausfinden, warum.
`,
};
