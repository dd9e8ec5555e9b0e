import { h } from 'vue';
import DefaultTheme from 'vitepress/theme';
import VersionSwitch from './VersionSwitch.vue';
import './narrow.css';

export default {
  ...DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      'nav-bar-content-after': () => h(VersionSwitch),
    }),
};
