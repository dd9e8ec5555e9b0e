// The menu: who needs a page, and when. A test holds that every page of docs is in it.
const page = (text: string, link: string) => ({ text, link });

export const sidebar = [
  { text: 'Start', items: [page('What this is', '/'), page('Quick start', '/quickstart'), page('Install', '/install'), page('The platform in Git', '/gitops')] },
  {
    text: 'For whoever asks for something',
    items: [
      page('What a claim says', '/claims'),
      page('In Backstage', '/backstage'),
      page('Buckets', '/buckets'),
      page('Caches', '/cache'),
      page('Queues', '/queue'),
      page('Nothing is lost', '/safety'),
      page('Where an app finds its connection', '/delivery'),
      page('What an edit does', '/edits'),
      page('Sizes', '/sizes'),
      page('Regions, versions and backups', '/clouds'),
    ],
  },
  {
    text: 'For the platform team',
    items: [
      page('Settings', '/settings'),
      page('Who may do what', '/policies'),
      page('What each cloud must grant', '/permissions'),
      page('Networks', '/networks'),
      page('Keys', '/keys'),
      page('What is refused where', '/admission'),
      page('Check claims before a merge', '/checker'),
      page('Health in Argo CD', '/argocd'),
      page('Backstage', '/backstage/'),
      page('The card in Backstage', '/backstage/resource-card'),
      page('The last page of the form', '/backstage/resource-review'),
      page('Providers and their versions', '/providers'),
    ],
  },
  { text: 'On call', items: [page('Runbooks', '/runbooks'), page('Known limits', '/limits')] },
  {
    text: 'The functions',
    items: ['multicloud-db', 'profile-sizer', 'cost-tagger'].map(name => page(name, `/functions/${name}`)),
  },
  {
    text: 'How it is made',
    items: [
      page('Contribute', '/contributing'),
      page('Report a vulnerability', '/security'),
      page('Decisions', '/decisions/'),
      page('Tests', '/tests'),
      page('On a control plane', '/control-plane'),
      page('What CI does', '/ci'),
      page('Changelog', '/changelog'),
    ],
  },
];
