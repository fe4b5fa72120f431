export const words = {
  fr: {
    title: 'Bac à sable',
    hint: 'Des services simulés sur cette machine : tout s’y essaie, rien ne part vers l’extérieur.',
    home: 'Accueil du bac à sable',
    none: 'Pas de bac à sable ici',
    noneHint: 'Ce serveur parle aux vrais services. Le bac à sable se lance avec SANDBOX=on, hors production.',
    elsewhere: 'Le bac à sable tourne à part',
    elsewhereHint:
      'Un fournisseur est simulé, mais ce serveur n’a pas lancé lui-même les simulateurs. Ouvrez leur page à l’adresse que vous avez réglée.',
    open: 'Ouvrir',
    openFor: 'Ouvrir la page du simulateur : {{thing}}',
    see: 'À regarder ensuite :',
    daily: 'Une journée ordinaire',
    mishaps: 'Quand ça se passe mal',
    mishapsHint: 'Chaque panne vaut pour les prochains appels, puis tout reprend.',
    connectFirst: 'Pas encore connectés : {{providers}}',
    toConnections: 'Connecter les comptes simulés',
    gestureAt: '{{gesture}} : {{provider}}',
    made: 'C’est fait chez {{provider}} : {{gesture}}',
    noGestures: 'Le bac à sable ne propose rien ici : il n’a pas été lancé par ce serveur.',
    pages: 'À la main',
    pagesHint: 'Les pages des services simulés, dans un nouvel onglet : gardez celui-ci à côté.',
    gestures: {
      book: {
        title: 'Réserver un rendez-vous',
        see: 'un prospect, sa note et la notification arrivent en moins de deux secondes, sans recharger.',
      },
      move: {
        title: 'Reporter le dernier rendez-vous',
        see: 'une seule fiche, l’ancienne date barrée, la nouvelle notée, et ce que le service a livré.',
      },
      cancel: {
        title: 'Annuler le dernier rendez-vous',
        see: 'il est barré dans la fiche, hachuré dans l’agenda, et un e-mail l’annonce.',
      },
      edit: {
        title: 'Déplacer un événement de l’agenda',
        see: 'l’événement commence une heure plus tard, et la lecture qui l’a trouvé.',
      },
      repeat: {
        title: 'Livrer la dernière nouvelle une seconde fois',
        see: 'aucune ligne de plus : la nouvelle est reconnue, et rien ne se fait deux fois.',
      },
      forge: {
        title: 'Livrer avec une fausse signature',
        see: 'refusée à l’entrée, la livraison est montrée comme telle ; ce qu’elle annonçait est retrouvé en lisant le compte.',
      },
      revoke: {
        title: 'Retirer l’accès',
        see: 'la connexion passe « À reconnecter » et dit ce qui ne vient plus. Reconnecter garde tout.',
      },
      limit: {
        title: 'Limiter les appels pendant 30 secondes',
        see: 'la synchronisation attend l’heure que le service donne, puis finit.',
      },
      breakdown: {
        title: 'Tomber en panne, erreur 500 trois fois de suite',
        see: 'la synchronisation est réessayée, et rien n’est perdu.',
      },
      cursor: {
        title: 'Périmer la position de lecture',
        see: 'la lecture suivante est complète, et dit pourquoi.',
      },
    },
    things: {
      calendly: {
        title: 'Réserver par Calendly',
        do: 'Choisissez un type de rendez-vous, une heure et un nom, puis réservez ; déplacez, annulez.',
        see: 'réserver encore avec le même e-mail donne une seule fiche, et une note par rendez-vous.',
      },
      noShow: {
        title: 'Marquer une absence',
        do: 'Marquez comme absente la personne d’un rendez-vous passé.',
        see: 'l’état du rendez-vous dans la fiche du prospect.',
      },
      calCom: {
        title: 'Réserver par Cal.com',
        do: 'Prenez un rendez-vous, ou une demande qu’il faut confirmer.',
        see: 'le même chemin, avec un autre fournisseur.',
      },
      google: {
        title: 'Changer un agenda Google',
        do: 'Ajoutez, déplacez ou supprimez un événement, même une seule fois d’une série.',
        see: 'l’agenda se met à jour, et la lecture qui l’a trouvé.',
      },
      outlook: {
        title: 'Contredire une formation',
        do: 'Exportez une formation vers Outlook, puis changez-la des deux côtés.',
        see: 'le conflit est gardé et montré : à vous de choisir la version qui tient.',
      },
      mail: {
        title: 'Lire les e-mails',
        do: 'Tout e-mail écrit par Passerelle arrive dans cette boîte, et nulle part ailleurs.',
        see: 'le même e-mail, et ce qu’il en est advenu.',
      },
    },
  },
  en: {
    title: 'Sandbox',
    hint: 'Services simulated on this machine: everything can be tried, nothing leaves it.',
    home: 'Home of the sandbox',
    none: 'No sandbox here',
    noneHint: 'This server talks to the real services. The sandbox starts with SANDBOX=on, outside production.',
    elsewhere: 'The sandbox runs elsewhere',
    elsewhereHint:
      'A provider is simulated, but this server did not start the stand-ins itself. Open their page at the address you have set.',
    open: 'Open',
    openFor: 'Open the page of the stand-in: {{thing}}',
    see: 'Then look at:',
    daily: 'An ordinary day',
    mishaps: 'When things go wrong',
    mishapsHint: 'Each fault is for the next calls, then everything goes on.',
    connectFirst: 'Not connected yet: {{providers}}',
    toConnections: 'Connect the simulated accounts',
    gestureAt: '{{gesture}}: {{provider}}',
    made: 'Done at {{provider}}: {{gesture}}',
    noGestures: 'The sandbox offers nothing here: this server has not started it.',
    pages: 'By hand',
    pagesHint: 'The pages of the simulated services, in a new tab: keep this one beside it.',
    gestures: {
      book: {
        title: 'Book an appointment',
        see: 'a prospect, the note and the notification arrive within two seconds, without reloading.',
      },
      move: {
        title: 'Move the latest appointment',
        see: 'one record, the former date struck through, the new one noted, and what the service has delivered.',
      },
      cancel: {
        title: 'Cancel the latest appointment',
        see: 'it is struck through in the record, hatched in the calendar, and told by e-mail.',
      },
      edit: {
        title: 'Move an event of the calendar',
        see: 'the event begins an hour later, and the reading that found it.',
      },
      repeat: {
        title: 'Deliver the latest news a second time',
        see: 'there is no new row: the news is recognized, and nothing is done twice.',
      },
      forge: {
        title: 'Deliver with a forged signature',
        see: 'refused at the door, the delivery is shown as such; what it told of is found by reading the account.',
      },
      revoke: {
        title: 'Take the access away',
        see: 'the connection becomes “Reconnect needed”, and says what no longer comes in. Reconnecting keeps everything.',
      },
      limit: {
        title: 'Limit calls for 30 seconds',
        see: 'the synchronization waits for the hour that the service gives, then finishes.',
      },
      breakdown: {
        title: 'Break down, error 500 three times in a row',
        see: 'the synchronization is tried again, and nothing is lost.',
      },
      cursor: {
        title: 'Let the reading position expire',
        see: 'the next reading is a full one, and says why.',
      },
    },
    things: {
      calendly: {
        title: 'Book through Calendly',
        do: 'Choose a kind of appointment, an hour and a name, then book; move it, cancel it.',
        see: 'booking again with the same e-mail makes one record, and one note per appointment.',
      },
      noShow: {
        title: 'Mark a no-show',
        do: 'Mark the person of a past appointment as absent.',
        see: 'the state of the appointment in the prospect’s record.',
      },
      calCom: {
        title: 'Book through Cal.com',
        do: 'Make an appointment, or a request that has to be confirmed.',
        see: 'the same path, with another provider.',
      },
      google: {
        title: 'Change a Google calendar',
        do: 'Add, move or delete an event, even one occurrence of a series.',
        see: 'the calendar is brought up to date, and the reading that found it.',
      },
      outlook: {
        title: 'Contradict a training',
        do: 'Export a training to Outlook, then change it on both sides.',
        see: 'the conflict is kept and shown: you choose which version holds.',
      },
      mail: {
        title: 'Read the e-mails',
        do: 'Every e-mail that Passerelle writes arrives in this mailbox, and nowhere else.',
        see: 'the same e-mail, and what became of it.',
      },
    },
  },
};
