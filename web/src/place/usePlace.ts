import { inject, type InjectionKey } from 'vue'
import type { History, Place } from './place'

export const placeKey: InjectionKey<Place> = Symbol('place')

/** Where the page is, inside a component. */
export function usePlace(): Place {
  const place = inject(placeKey)
  if (!place) throw new Error('no place was provided')
  return place
}

export function browserHistory(): History {
  return {
    address: () => location.href,
    push: (address) => history.pushState(null, '', address),
    replace: (address) => history.replaceState(history.state, '', address),
    back: () => history.back(),
    moved(task) {
      addEventListener('popstate', task)
      return () => removeEventListener('popstate', task)
    },
  }
}
