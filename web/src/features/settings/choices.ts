import { messages } from '../../messages'
import type { Settings } from '../../settings/settings'

export type Chosen = string | number | boolean

/** A setting and its choices. */
export interface Choosing {
  /** Without those that are set in the list. */
  key: Exclude<keyof Settings, 'pinned' | 'columns'>
  name: string
  label: string
  note?: string
  choices: (readonly [Chosen, string])[]
}

const words = messages.setting
const ON_OR_OFF: Choosing['choices'] = [
  [true, words.on],
  [false, words.off],
]

/** All settings, by section. */
export const SECTIONS: { title: string; all: Choosing[] }[] = [
  {
    title: words.look,
    all: [
      {
        key: 'theme',
        name: 'theme',
        label: words.theme,
        choices: [
          ['system', words.system],
          ['dark', words.dark],
          ['light', words.light],
        ],
      },
      {
        key: 'density',
        name: 'density',
        label: words.density,
        choices: [
          ['comfortable', words.comfortable],
          ['compact', words.compact],
        ],
      },
    ],
  },
  {
    title: words.logs,
    all: [
      {
        key: 'timestamps',
        name: 'timestamps',
        label: words.timestamps,
        choices: [
          ['local', words.local],
          ['utc', words.utc],
          ['relative', words.relative],
          ['off', words.off],
        ],
      },
      { key: 'wrap', name: 'wrap', label: words.wrap, choices: ON_OR_OFF },
      {
        key: 'fontSize',
        name: 'font-size',
        label: words.fontSize,
        choices: [11, 12, 13, 14, 15, 16].map((size) => [size, String(size)]),
      },
    ],
  },
  {
    title: words.actions,
    all: [
      {
        key: 'stopping',
        name: 'stopping',
        label: words.stopping,
        note: words.stoppingNote,
        choices: [
          ['undo', words.undo],
          ['ask', words.ask],
          ['none', words.atOnce],
        ],
      },
    ],
  },
  {
    title: words.keyboard,
    all: [
      {
        key: 'singleKeys',
        name: 'single-keys',
        label: words.singleKeys,
        note: words.singleKeysNote,
        choices: ON_OR_OFF,
      },
    ],
  },
  {
    title: words.work,
    all: [{ key: 'load', name: 'load', label: words.load, note: words.loadNote, choices: ON_OR_OFF }],
  },
]
