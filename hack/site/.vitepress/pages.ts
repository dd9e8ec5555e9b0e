// The menu: who needs a page, and when. A test holds that every page of docs is in it.
const page = (text: string, link: string) => ({ text, link });

export const sidebar = [
  { text: 'Start', items: [page('What this is', '/'), page('Quick start', '/quickstart'), page('Install', '/install'), page('The platform in Git', '/gitops')] },
  {
    text: 'How to, for whoever asks for something',
    items: [
      page('All tasks', '/how-to/'),
      page('Get a database', '/how-to/get-a-database'),
      page('Connect an app', '/how-to/connect-an-app'),
      page('Make it bigger or smaller', '/how-to/grow'),
      page('Change the version', '/how-to/change-version'),
      page('Adopt what exists', '/how-to/adopt'),
      page('Delete it on purpose', '/how-to/delete'),
      page('Read what is wrong', '/how-to/read-what-is-wrong'),
    ],
  },
  {
    text: 'How to, for the platform team',
    items: [
      page('Settings of a project', '/how-to/set-a-project'),
      page('Add a region or a network', '/how-to/add-a-region'),
      page('Say what claims may do', '/how-to/set-policy-gates'),
      page('Add a profile', '/how-to/add-a-profile'),
      page('Upgrade, and go back', '/how-to/upgrade'),
      page('Add a cloud', '/how-to/add-a-cloud'),
      page('Find the cost of a domain', '/how-to/find-the-cost'),
      page('Back up the control plane', '/how-to/back-up'),
    ],
  },
  {
    text: 'For whoever asks for something',
    items: [
      page('What a claim says', '/claims'),
      page('In Backstage', '/backstage'),
      page('Where you see it', '/seen'),
      page('Buckets', '/buckets'),
      page('Caches', '/cache'),
      page('Clusters', '/clusters'),
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
      page('What domains cost', '/costs'),
      page('Backstage', '/backstage/'),
      page('The card in Backstage', '/backstage/resource-card'),
      page('The last page of the form', '/backstage/resource-review'),
      page('Providers and their versions', '/providers'),
    ],
  },
  {
    text: 'Reference',
    items: [
      page('All of it', '/reference'),
      page('Fields of a claim', '/fields'),
      page('Conditions and reasons', '/conditions'),
      page('Keys of the Secret', '/secrets'),
      page('Metrics and alerts', '/metrics'),
    ],
  },
  { text: 'Why, and how far', items: [page('What “the same” means', '/same'), page('Threat model', '/threat-model')] },
  {
    text: 'On call',
    items: [
      page('Runbooks', '/runbooks'),
      page('Connections are exhausted', '/how-to/connections-exhausted'),
      page('The database is slow', '/how-to/slow-database'),
      page('The app saw a failover', '/how-to/failover'),
      page('Known limits', '/limits'),
    ],
  },
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
