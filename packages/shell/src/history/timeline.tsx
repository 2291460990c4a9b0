import { IconButton, Select } from '@concord/ui';
import { Pause, Play, StepBack, StepForward } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Moment } from './moments.ts';
import { useNames } from './use-names.ts';
import { formatTime } from './when.ts';
import { words } from './words.ts';

type TimelineProps = {
  moments: readonly Moment[];
  /** Null: now. */
  at: number | null;
  onGo: (index: number) => void;
  onNow: () => void;
};

/** Milliseconds for each moment, by what the reader calls it. */
const SPEEDS = { '1×': 1200, '2×': 600, '4×': 300 } as const;
type Speed = keyof typeof SPEEDS;

/** A slider over the moments, with the buttons of a player. Its last place is now. */
export function Timeline({ moments, at, onGo, onNow }: TimelineProps) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>('1×');
  const namesOf = useNames();
  const end = moments.length;
  const here = at ?? end;
  const go = (index: number): void => (index >= end ? onNow() : onGo(Math.max(0, index)));
  const step = useRef(go);
  step.current = go;

  useEffect(() => {
    if (!playing) return;
    if (here >= end) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => step.current(here + 1), SPEEDS[speed]);
    return () => clearTimeout(timer);
  }, [playing, here, end, speed]);

  const moment = moments[here];
  const said = moment
    ? words.position(here + 1, end, formatTime(moment.to), namesOf(moment.replicas))
    : words.now;
  return (
    <div className="cc-timeline">
      <input
        type="range"
        className="cc-timeline__slider"
        aria-label={words.slider}
        aria-valuetext={said}
        min={0}
        max={end}
        value={here}
        onChange={(event) => {
          setPlaying(false);
          go(event.target.valueAsNumber);
        }}
      />
      <div className="cc-timeline__row">
        <IconButton
          label={words.previous}
          icon={<StepBack className="cc-timeline__mirror" />}
          size="small"
          disabled={here === 0}
          onClick={() => go(here - 1)}
        />
        <IconButton
          label={playing ? words.pause : words.play}
          icon={playing ? <Pause /> : <Play className="cc-timeline__mirror" />}
          size="small"
          onClick={() => {
            if (!playing && here >= end) go(0);
            setPlaying(!playing);
          }}
        />
        <IconButton
          label={words.next}
          icon={<StepForward className="cc-timeline__mirror" />}
          size="small"
          disabled={here >= end}
          onClick={() => go(here + 1)}
        />
        <span className="cc-timeline__when">{moment ? formatTime(moment.to) : words.now}</span>
        <Select
          label={words.speed}
          hideLabel
          size="small"
          value={speed}
          options={(Object.keys(SPEEDS) as Speed[]).map((value) => ({ value, label: value }))}
          onChange={setSpeed}
        />
      </div>
    </div>
  );
}
