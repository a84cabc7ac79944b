// Where the words are of what the register fetches later: known as soon as the register is there.
import { FILES } from '../../shared/words.ts';

Object.assign(FILES.en, {
  notices: () => import('../../../messages/en.json?notices'),
  bringing: () => import('../../../messages/en.json?bringing'),
  placing: () => import('../../../messages/en.json?placing'),
  wishes: () => import('../../../messages/en.json?wishes'),
  work: () => import('../../../messages/en.json?work'),
  patrols: () => import('../../../messages/en.json?patrols'),
  sheets: () => import('../../../messages/en.json?sheets'),
  roster: () => import('../../../messages/en.json?roster'),
  responders: () => import('../../../messages/en.json?responders'),
});
Object.assign(FILES.zh, {
  notices: () => import('../../../messages/zh-CN.json?notices'),
  bringing: () => import('../../../messages/zh-CN.json?bringing'),
  placing: () => import('../../../messages/zh-CN.json?placing'),
  wishes: () => import('../../../messages/zh-CN.json?wishes'),
  work: () => import('../../../messages/zh-CN.json?work'),
  patrols: () => import('../../../messages/zh-CN.json?patrols'),
  sheets: () => import('../../../messages/zh-CN.json?sheets'),
  roster: () => import('../../../messages/zh-CN.json?roster'),
  responders: () => import('../../../messages/zh-CN.json?responders'),
});
