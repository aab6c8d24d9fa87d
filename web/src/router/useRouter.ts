import { inject, type InjectionKey } from 'vue'
import type { BrowserHistory, Router } from './router'

export const routerKey: InjectionKey<Router> = Symbol('router')

/** The page's router, inside a component. */
export function useRouter(): Router {
  const router = inject(routerKey)
  if (!router) throw new Error('no router was provided')
  return router
}

export function browserHistory(): BrowserHistory {
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
