// Made from openapi.json by scripts/openapi.mjs: change the server, not this file.

export interface paths {
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process answers; touches nothing else */
    get: operations['HealthController_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process can do its work: database reachable, jobs running where they should */
    get: operations['HealthController_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Create an organization and its owner, while registration is open */
    post: operations['AuthController_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in with e-mail address and password */
    post: operations['AuthController_logIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Renew the session
     * @description Spends the refresh token and answers the next one. A token that comes back after it was spent ends the session. Of requests with one token that meet here at the same moment one is served; the others get 409 and should use the tokens of the one that won.
     */
    post: operations['AuthController_refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End this session, with its refresh tokens and open sockets */
    post: operations['AuthController_logOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change one’s password
     * @description The current password is asked for; wrong ones count like those at sign-in. All other sessions of the person end, with their sockets; the one that asks goes on. Who comes with tokens of a host application alone gets 409.
     */
    post: operations['AuthController_changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is signed in, and for which organization */
    get: operations['AuthController_me'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/organization': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The organization of this session */
    get: operations['OrganizationController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change its name, time zone or language */
    patch: operations['OrganizationController_patch'];
    trace?: never;
  };
  '/api/organization/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The people of the organization */
    get: operations['MembersController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/organization/members/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove a member; their sessions end at once */
    delete: operations['MembersController_remove'];
    options?: never;
    head?: never;
    /** Change the role of a member; only an owner makes or unmakes an owner */
    patch: operations['MembersController_changeRole'];
    trace?: never;
  };
  '/api/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the caller was told, newest first
     * @description With `after`, oldest first: what was told since a notification the client has. Socket messages are hints; this list is complete. The next page is announced by a `Link: <…>; rel="next"` header.
     */
    get: operations['NotificationsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notifications/groups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The same in groups: one line for each kind and day
     * @description Of the last 30 days, whatever was told last first; `GET /api/notifications?kind=…` opens a group.
     */
    get: operations['NotificationsController_listGroups'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notifications/unread-count': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How much the caller has not read */
    get: operations['NotificationsController_countUnread'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notifications/read-all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mark everything, or everything of one kind, as read by the caller */
    post: operations['NotificationsController_markAllRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notifications/{id}/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mark one notification as read by the caller; again changes nothing */
    post: operations['NotificationsController_markRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/notification-preferences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the caller is told of what: one line for each kind */
    get: operations['NotificationPreferencesController_list'];
    /**
     * Choose anew how to be told of what
     * @description A kind that is muted in the application is not shown there, what was told before included, until it is wanted again; nothing is deleted.
     */
    put: operations['NotificationPreferencesController_replace'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/organization/mail-settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where the organization wants its mail */
    get: operations['MailSettingsController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change some of it; fields that are absent stay as they are */
    patch: operations['MailSettingsController_patch'];
    trace?: never;
  };
  '/api/mails': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was written to whom, and what became of it, newest first */
    get: operations['MailsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/mails/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One mail, with a preview of what it says, in its language or in the other */
    get: operations['MailsController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/mails/{id}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try a mail once more that was refused, given up or never sent
     * @description It keeps its Message-ID: a mail server that had taken it after all can tell.
     */
    post: operations['MailsController_resend'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/prospects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The prospects of the organization, newest first
     * @description The next page is announced by a `Link: <…>; rel="next"` header.
     */
    get: operations['ProspectsController_list'];
    put?: never;
    /** Write down a prospect */
    post: operations['ProspectsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/prospects/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One prospect, with notes and appointments */
    get: operations['ProspectsController_get'];
    /**
     * The same as PATCH, for front ends that use PUT
     * @description Fields that are left out stay: a front end that does not know of a field must not empty it.
     */
    put: operations['ProspectsController_replace'];
    post?: never;
    /** Erase a prospect and the notes; only a later booking brings the person back */
    delete: operations['ProspectsController_erase'];
    options?: never;
    head?: never;
    /** Change fields of a prospect; those that are left out stay */
    patch: operations['ProspectsController_update'];
    trace?: never;
  };
  '/api/formations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The formations of the organization, newest first
     * @description The next page is announced by a `Link: <…>; rel="next"` header.
     */
    get: operations['FormationsController_list'];
    put?: never;
    /**
     * Create a formation, with its sessions and participants if they are known
     * @description All of it, or nothing. Any member may; who creates one may change it, as administrators may.
     */
    post: operations['FormationsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/formations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One formation, with how it stands in the calendars of its participants */
    get: operations['FormationsController_get'];
    /**
     * Replace the texts of a formation and, when they are given, all its sessions or participants
     * @description A description or location that is left out is emptied; the time zone, the status and the switch stay as they are, and so does a list that is left out. Sessions are known by `id`, participants by `id` or address: those that are absent are removed, and so are the dates of participants who are.
     */
    put: operations['FormationsController_replace'];
    post?: never;
    /** Delete a formation; it leaves the calendars in which it stands */
    delete: operations['FormationsController_remove'];
    options?: never;
    head?: never;
    /** Change fields of a formation; those that are left out stay */
    patch: operations['FormationsController_update'];
    trace?: never;
  };
  '/api/formations/{id}/calendar.ics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The dates of a formation as a file that any calendar reads
     * @description Those that are for everybody; a file that is fetched later has the same ids.
     */
    get: operations['FormationsController_getCalendar'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/formations/{id}/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Add a session, for everybody or for one participant alone */
    post: operations['FormationSessionsController_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/formations/{id}/sessions/{sessionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove a session; it leaves the calendars in which it stands */
    delete: operations['FormationSessionsController_remove'];
    options?: never;
    head?: never;
    /**
     * Move, rename, cancel or assign a session; fields that are left out stay
     * @description A new time zone alone moves nothing: the instants stay, and are shown in that zone.
     */
    patch: operations['FormationSessionsController_change'];
    trace?: never;
  };
  '/api/formations/{id}/participants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add a participant
     * @description Whoever has an account with this address in the organization is linked to it, now or once they have.
     */
    post: operations['FormationParticipantsController_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/formations/{id}/participants/{participantId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove a participant, and the dates that were for them alone */
    delete: operations['FormationParticipantsController_remove'];
    options?: never;
    head?: never;
    /** Change a participant; fields that are left out stay */
    patch: operations['FormationParticipantsController_change'];
    trace?: never;
  };
  '/api/bookings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Appointments of all sources, one per invitee, by hour
     * @description The next page is announced by a `Link: <…>; rel="next"` header.
     */
    get: operations['BookingsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/bookings/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One appointment, with what happened to it */
    get: operations['BookingsController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/integrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The calendars I have connected, and those I could */
    get: operations['CalendarsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/integrations/{type}/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** What my calendar is used for; switches that are not given stay as they are */
    put: operations['CalendarsController_patchSettings'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/integrations/{type}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End the connection; formations already in the calendar stay there */
    delete: operations['CalendarsController_disconnect'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/calendars': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The calendars of my connected accounts to choose from; of all of them, or of one type */
    get: operations['CalendarsController_listChoices'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Events imported from my calendars, by their beginning */
    get: operations['CalendarsController_listEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/conflicts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sessions that were edited here and in a calendar, not to the same effect */
    get: operations['CalendarsController_listConflicts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/conflicts/{id}/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Decide which version holds; it goes to every calendar */
    post: operations['CalendarsController_resolve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sync-runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Readings of connected accounts, newest first */
    get: operations['SyncController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sync-runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One reading: what started it, what it did and found, how it ended */
    get: operations['SyncController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sync-runs/{id}/removals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a reading that needs approval would remove */
    get: operations['SyncApprovalsController_listRemovals'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sync-runs/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Remove what was listed; answers the reading that follows */
    post: operations['SyncApprovalsController_approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sync-runs/{id}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Remove nothing */
    post: operations['SyncApprovalsController_reject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Webhook deliveries as they came in, newest first */
    get: operations['DeliveriesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/replays': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The last replays of many deliveries, newest first */
    get: operations['DeliveriesController_listReplays'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/replays/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How far a replay of many is */
    get: operations['DeliveriesController_getReplay'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/replays/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Call a replay of many off
     * @description What is through stays as it is, what is under way is ended. One that has ended is answered as it is.
     */
    post: operations['DeliveriesController_cancelReplay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One delivery, with what it caused and why */
    get: operations['DeliveriesController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/{id}/body': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The body of one delivery, as it came in */
    get: operations['DeliveriesController_getBody'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/replay/plan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Count what a replay of many would mean, and do nothing
     * @description With the same `until` in both, what is counted here is what is replayed then.
     */
    post: operations['DeliveriesController_planReplay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Process many deliveries again: by filter, or since a time
     * @description At least one criterion is needed. Deliveries whose body is no longer kept are passed over.
     */
    post: operations['DeliveriesController_replayMany'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/{id}/recheck': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Check the signature of a rejected delivery again, with the keys of today
     * @description When it is right now, the delivery is accepted and worked through like any other. How old the signature may be is RETENTION_BODY_DAYS here, not the minutes that hold for what just comes in.
     */
    post: operations['DeliveriesController_recheck'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/deliveries/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Process one delivery again; what was already done has no second effect */
    post: operations['DeliveriesController_replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Work that was given up, newest first */
    get: operations['DeadLettersController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dead-letters/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try many again: by task, by error, or since a time
     * @description At least one criterion is needed. Letters of tasks that this version does not know stay.
     */
    post: operations['DeadLettersController_replayMany'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dead-letters/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try the work again; a second replay has no effect */
    post: operations['DeadLettersController_replay'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/dead-letters/{id}/discard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give the work up for good */
    post: operations['DeadLettersController_discard'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/integrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every provider with the accounts I may see there, and how each of them is */
    get: operations['ConnectionsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/integrations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One connection with its permissions, access, channel and last readings */
    get: operations['ConnectionsController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/integrations/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Nothing comes in by itself until it is resumed */
    post: operations['ConnectionsController_pause'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/integrations/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a pause; what happened meanwhile is read at once */
    post: operations['ConnectionsController_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/integrations/{id}/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read the account now, what changed or all of it */
    post: operations['ConnectionsController_sync'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/integrations/{id}/disconnect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End the connection, also when its access has ended already; history stays */
    post: operations['ConnectionsController_disconnect'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where the host application is told what happens here */
    get: operations['WebhooksController_list'];
    put?: never;
    /**
     * Have an address told
     * @description Messages follow https://www.standardwebhooks.com: check them with that library and the secret of this answer, which is shown once. A message that is not answered 2xx is tried again for about a day, with the same id.
     */
    post: operations['WebhooksController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One webhook */
    get: operations['WebhooksController_get'];
    put?: never;
    post?: never;
    /** Remove a webhook, with what was sent to it and what waits */
    delete: operations['WebhooksController_delete'];
    options?: never;
    head?: never;
    /** Change a webhook; fields that are left out stay */
    patch: operations['WebhooksController_update'];
    trace?: never;
  };
  '/api/webhooks/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make a new secret; for 24 hours messages are signed with both */
    post: operations['WebhooksController_rotateSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/webhooks/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test message, once; also to a webhook that is disabled
     * @description What came of it shows in the delivery whose id this answer gives.
     */
    post: operations['WebhookDeliveriesController_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was sent and what waits, newest first */
    get: operations['WebhookDeliveriesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/webhooks/{id}/deliveries/{deliveryId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One message, with every try */
    get: operations['WebhookDeliveriesController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/webhooks/{id}/deliveries/{deliveryId}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a message again, with the same id; one that waits is tried at once */
    post: operations['WebhookDeliveriesController_resend'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/meta': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What this server is: version, environment, languages, features */
    get: operations['AboutController_describe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/doctor': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is wrong with this installation and the connections of the organization, and what to do */
    get: operations['DoctorController_examine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/sandbox/gestures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the sandbox can be told to do; nothing in production, or where none was started with this server */
    get: operations['StandInsController_list'];
    put?: never;
    /** Tell the sandbox to do it: to the account that was connected last, and to the latest thing there */
    post: operations['StandInsController_make'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/auth-url': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The address of Calendly’s consent page, to open in the browser */
    get: operations['CalendlyController_authUrl'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Finish connecting: what Calendly’s redirect brought, posted by the front end */
    post: operations['CalendlyController_callback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the connection is, and why */
    get: operations['CalendlyController_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change some switches; the others stay as they are */
    patch: operations['CalendlyController_patchSettings'];
    trace?: never;
  };
  '/api/calendly/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read the account now */
    post: operations['CalendlyController_sync'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Appointments, one per invitee, by hour */
    get: operations['CalendlyController_events'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/disconnect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End the connection; bookings, prospects and notes stay */
    post: operations['CalendlyController_disconnect'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/webhook/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A delivery to one connection’s own address */
    post: operations['CalendlyWebhookController_receive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendly/webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A delivery to the address that all connections share */
    post: operations['CalendlyWebhookController_receiveShared'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/connect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Connect to Cal.com, in the way this server does; linking a calendar does it by itself */
    post: operations['CalComController_connect'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/calendars/oauth-connect-url': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where to send the browser so that a calendar gets linked */
    get: operations['CalComController_calendarUrl'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/calendars/save-oauth-cal-creds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same, for front ends that ask by address */
    get: operations['CalComController_saveByAddress'];
    put?: never;
    /** Finish linking: what the redirect brought, passed on by the front end */
    post: operations['CalComController_save'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/calendars/sync-credentials': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Bring back what can be brought back without the person: tokens, webhook, missed bookings */
    post: operations['CalComController_repair'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/calendars/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Which calendars are linked, how the connection is and in which mode, and why */
    get: operations['CalComController_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/calendars/busy-times': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** When the calendars that are looked into for conflicts are taken */
    get: operations['CalComController_busyTimes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/calendars/destination': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Choose the calendar that new bookings are written into */
    put: operations['CalComController_setDestination'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/atoms': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What Cal.com’s React atoms are given to begin with */
    get: operations['CalComController_atoms'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/sync': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read the bookings now */
    post: operations['CalComController_sync'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/disconnect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End the connection; bookings, prospects and notes stay */
    post: operations['CalComController_disconnect'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/oauth-callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The redirect of Cal.com’s own consent page */
    get: operations['CalComReturnController_fromConsent'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/gcal-oauth-redirect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The end of linking a Google calendar */
    get: operations['CalComReturnController_fromGoogle'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/office-oauth-redirect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The end of linking an Office 365 calendar */
    get: operations['CalComReturnController_fromOffice'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A fresh access token of a managed user, for Cal.com’s React atoms */
    get: operations['CalComAtomsController_refresh'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/webhook/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A delivery to one connection’s own address */
    post: operations['CalComWebhookController_receive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/cal/webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A delivery of a webhook that an administrator made, with CAL_WEBHOOK_SECRET */
    post: operations['CalComWebhookController_receiveShared'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/google/auth-url': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The address of Google’s consent page, to open in the browser */
    get: operations['GoogleCalendarController_authUrl'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/google/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Finish connecting: what Google’s redirect brought, posted by the front end */
    post: operations['GoogleCalendarController_callback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/google/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read the calendar now, and wait a little for the outcome */
    post: operations['GoogleCalendarController_import'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/google/export-formation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Bring a formation into the calendars of its people; repeated, it makes no doubles */
    post: operations['GoogleCalendarController_exportFormation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/channels/google': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A push over one calendar’s channel: something there has changed */
    post: operations['GoogleCalendarChannelController_receive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/outlook/auth-url': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The address of Microsoft’s consent page, to open in the browser */
    get: operations['OutlookController_authUrl'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/outlook/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Finish connecting: what Microsoft’s redirect brought, posted by the front end */
    post: operations['OutlookController_callback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/outlook/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read the calendar now, and wait a little for the outcome */
    post: operations['OutlookController_import'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/calendar-integration/outlook/export-formation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Bring a formation into the calendars of its people; repeated, it makes no doubles */
    post: operations['OutlookController_exportFormation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/channels/outlook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Notifications of changes in calendars, or the question whether we want any */
    post: operations['OutlookChannelController_receive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/channels/outlook/lifecycle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Notifications about the channels themselves */
    post: operations['OutlookChannelController_receiveLifecycle'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    LiveDto: {
      /**
       * @example ok
       * @enum {string}
       */
      status: 'ok';
    };
    FieldErrorDto: {
      /**
       * @description JSON pointer of the field
       * @example /email
       */
      pointer: string;
      /**
       * @description In the language of Accept-Language
       * @example Doit être une adresse e-mail
       */
      message: string;
    };
    ProblemDto: {
      /** @example urn:passerelle:problem:prospect/not-found */
      type: string;
      /**
       * @description In the language of Accept-Language, French by default
       * @example Prospect introuvable
       */
      title: string;
      /** @example 404 */
      status: number;
      /**
       * @description Stable; made for programs
       * @example prospect/not-found
       */
      code: string;
      /** @example Aucun prospect ne porte cet identifiant. */
      detail?: string;
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      request_id: string;
      errors?: components['schemas']['FieldErrorDto'][];
      /** @example false */
      success: boolean;
      /** @example Prospect introuvable */
      message: string;
    };
    ReadyDto: {
      /**
       * @example ok
       * @enum {string}
       */
      status: 'ok';
      /**
       * @description Parts that work
       * @example {
       *       "database": {
       *         "status": "up"
       *       }
       *     }
       */
      info: {
        [key: string]: {
          /** @enum {string} */
          status: 'up' | 'down';
        } & {
          [key: string]: unknown;
        };
      };
      /**
       * @description Parts that do not
       * @example {}
       */
      error: {
        [key: string]: {
          /** @enum {string} */
          status: 'up' | 'down';
        } & {
          [key: string]: unknown;
        };
      };
      /**
       * @description All parts
       * @example {
       *       "database": {
       *         "status": "up"
       *       }
       *     }
       */
      details: {
        [key: string]: {
          /** @enum {string} */
          status: 'up' | 'down';
        } & {
          [key: string]: unknown;
        };
      };
    };
    RegisterDto: {
      /**
       * @description Name of the new organization
       * @example Atelier Lumière
       */
      organization_name: string;
      /**
       * @description Name of its owner
       * @example Camille Martin
       */
      name: string;
      /**
       * @description Signs in with it; one account per address
       * @example camille@atelier.example
       */
      email: string;
      /**
       * Format: password
       * @example quatre mots pris au hasard
       */
      password: string;
    };
    UserDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example camille@atelier.example */
      email: string;
      /** @example Camille Martin */
      name: string;
      /**
       * @description An owner may do what an admin may, an admin what a member may
       * @example owner
       * @enum {string}
       */
      role: 'member' | 'admin' | 'owner';
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c073990 */
      organization_id: string;
    };
    TokensDto: {
      /**
       * @description For the Authorization header
       * @example eyJhbGciOiJIUzI1NiIs…
       */
      access_token: string;
      /** @example Bearer */
      token_type: string;
      /**
       * @description Seconds until the access token ends
       * @example 900
       */
      expires_in: number;
      /**
       * @description Good for one renewal; replaces the one before
       * @example Zr0m…
       */
      refresh_token: string;
      user: components['schemas']['UserDto'];
    };
    LoginDto: {
      /** @example demo@passerelle.test */
      email: string;
      /**
       * Format: password
       * @example passerelle-demo
       */
      password: string;
    };
    RefreshDto: {
      /**
       * @description The newest refresh token of the session; good for one renewal
       * @example Zr0m…
       */
      refresh_token: string;
    };
    SuccessDto: {
      /** @example true */
      success: boolean;
    };
    ChangePasswordDto: {
      /**
       * Format: password
       * @example quatre mots pris au hasard
       */
      current_password: string;
      /**
       * Format: password
       * @description None of those that are most common
       * @example cinq mots pris au hasard ailleurs
       */
      new_password: string;
    };
    OrganizationDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c073990 */
      id: string;
      /** @example Atelier Lumière */
      name: string;
      /**
       * @description The name in letters fit for an address
       * @example atelier-lumiere
       */
      slug: string;
      /**
       * @description IANA zone in which notes and notifications tell the hour
       * @example Europe/Paris
       */
      time_zone: string;
      /**
       * @description Language of notes, notifications and mails
       * @example fr
       * @enum {string}
       */
      locale: 'fr' | 'en';
    };
    MeDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example camille@atelier.example */
      email: string;
      /** @example Camille Martin */
      name: string;
      /**
       * @description An owner may do what an admin may, an admin what a member may
       * @example owner
       * @enum {string}
       */
      role: 'member' | 'admin' | 'owner';
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c073990 */
      organization_id: string;
      organization: components['schemas']['OrganizationDto'];
      /**
       * @description Signs in here, with a password that can be changed
       * @example true
       */
      has_password: boolean;
      /**
       * @description When a temporary password ends, which was made for somebody who had forgotten theirs
       * @example null
       */
      password_expires_at: string | null;
    };
    UpdateOrganizationDto: {
      /** @example Atelier Lumière */
      name?: string;
      /**
       * @description Name of an IANA time zone
       * @example Europe/Brussels
       */
      time_zone?: string;
      /**
       * @example fr
       * @enum {string}
       */
      locale?: 'fr' | 'en';
    };
    ChangeRoleDto: {
      /**
       * @example admin
       * @enum {string}
       */
      role: 'member' | 'admin' | 'owner';
    };
    NotificationDto: {
      /**
       * Format: uuid
       * @description Also what `after` takes
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2
       */
      id: string;
      /**
       * @description What kind of thing is told
       * @example calendly_prospect_created
       */
      type: string;
      /**
       * @description In the language of the organization
       * @example Nouveau prospect Calendly
       */
      title: string;
      /**
       * @description One sentence, in the language and the time zone of the organization; plain text, not HTML
       * @example John Doe a réservé un rendez-vous "Découverte" le 16/01/2026 16:30:00
       */
      message: string;
      /**
       * @description Ids that lead to what is spoken of; their names depend on the type
       * @example {
       *       "prospect_id": "019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3"
       *     }
       */
      meta: {
        [key: string]: unknown;
      };
      /**
       * Format: date-time
       * @description When it was told
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When the caller first read it; every person has their own
       * @example null
       */
      read_at: string | null;
    };
    NotificationGroupDto: {
      /**
       * @description What the group is about
       * @example booking_created
       * @enum {string}
       */
      kind:
        | 'booking_created'
        | 'booking_moved'
        | 'booking_canceled'
        | 'booking_no_show'
        | 'connection_broken'
        | 'connection_recovered'
        | 'import_finished'
        | 'sync_needs_approval'
        | 'dead_letters'
        | 'other';
      /**
       * Format: date
       * @description The day, in the organization’s time zone
       * @example 2026-01-16
       */
      day: string;
      /**
       * @description How many there are
       * @example 42
       */
      count: number;
      /**
       * @description How many of them the caller has not read
       * @example 3
       */
      unread: number;
      /** @description The one that was told last */
      latest: components['schemas']['NotificationDto'];
    };
    UnreadCountDto: {
      /**
       * @description Notifications the caller has not read
       * @example 3
       */
      count: number;
    };
    AllReadDto: {
      /**
       * @description Notifications that were unread until now
       * @example 3
       */
      updated: number;
    };
    NotificationPreferenceDto: {
      /**
       * @description What is told
       * @example booking_created
       * @enum {string}
       */
      kind:
        | 'booking_created'
        | 'booking_moved'
        | 'booking_canceled'
        | 'booking_no_show'
        | 'connection_broken'
        | 'connection_recovered'
        | 'import_finished'
        | 'sync_needs_approval'
        | 'dead_letters'
        | 'other';
      /**
       * @description Whether the caller is told in the application
       * @example true
       */
      in_app: boolean;
      /**
       * @description Whether the caller is told by e-mail
       * @example false
       */
      email: boolean;
      /**
       * @description Whether the caller has chosen this. Otherwise the defaults hold: all in the application; by e-mail the owners, as long as the organization has named no mailbox, and whoever it is about alone
       * @example false
       */
      chosen: boolean;
    };
    PreferenceChoiceDto: {
      /**
       * @example booking_created
       * @enum {string}
       */
      kind:
        | 'booking_created'
        | 'booking_moved'
        | 'booking_canceled'
        | 'booking_no_show'
        | 'connection_broken'
        | 'connection_recovered'
        | 'import_finished'
        | 'sync_needs_approval'
        | 'dead_letters'
        | 'other';
      /**
       * @description Tell me in the application
       * @example true
       */
      in_app: boolean;
      /**
       * @description Tell me by e-mail; neither of the two: not at all
       * @example false
       */
      email: boolean;
    };
    UpdatePreferencesDto: {
      /** @description All choices of the caller; a kind that is not listed follows the default again */
      preferences: components['schemas']['PreferenceChoiceDto'][];
    };
    MailSettingsDto: {
      /**
       * @description Whether any mail is written for the organization
       * @example true
       */
      enabled: boolean;
      /**
       * @description The organization’s own mailboxes. While there is none, the owners are written to
       * @example [
       *       "contact@atelier.example"
       *     ]
       */
      recipients: string[];
      /**
       * @description The language of mails; null: the organization’s own
       * @example null
       * @enum {string|null}
       */
      locale: 'fr' | 'en' | null;
      /**
       * @description daily: every morning at eight, in the organization’s time zone, what was told since the last one
       * @example off
       * @enum {string}
       */
      digest: 'off' | 'daily';
      /**
       * Format: date-time
       * @description When the next digest is due
       * @example null
       */
      next_digest_at: string | null;
      /**
       * @description Whether this server has somewhere to send mail; otherwise it is only kept
       * @example true
       */
      sending: boolean;
    };
    UpdateMailSettingsDto: {
      /** @example true */
      enabled?: boolean;
      /**
       * @example [
       *       "contact@atelier.example"
       *     ]
       */
      recipients?: string[];
      /**
       * @example fr
       * @enum {string|null}
       */
      locale?: 'fr' | 'en' | null;
      /**
       * @example daily
       * @enum {string}
       */
      digest?: 'off' | 'daily';
    };
    MailDto: {
      /**
       * Format: uuid
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2
       */
      id: string;
      /**
       * @description What it is about
       * @example booking_created
       * @enum {string}
       */
      kind:
        | 'booking_created'
        | 'booking_moved'
        | 'booking_canceled'
        | 'booking_no_show'
        | 'connection_broken'
        | 'connection_recovered'
        | 'import_finished'
        | 'sync_needs_approval'
        | 'dead_letters'
        | 'other'
        | 'digest';
      /**
       * @description queued: to be tried, now or again; sent: taken over by a server; bounced: refused for good; failed: given up after a day; not_sent: kept only, because no server is configured
       * @example sent
       * @enum {string}
       */
      state: 'queued' | 'sent' | 'bounced' | 'failed' | 'not_sent';
      /**
       * @description The one mailbox it goes to
       * @example contact@atelier.example
       */
      recipient: string;
      /**
       * @description Null once its content is no longer kept, a month after it was written
       * @example Nouveau RDV Calendly - ArchiMeuble : Consultation téléphonique
       */
      subject: string | null;
      /**
       * @example fr
       * @enum {string}
       */
      locale: 'fr' | 'en';
      /**
       * @description Fixed before the first try, the same at every other
       * @example <019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2@passerelle.example>
       */
      message_id: string;
      /**
       * @description Tries so far
       * @example 1
       */
      attempts: number;
      /**
       * @description What the last try ended with: the stage and the server’s code, never its words
       * @example smtp/recipient-550
       */
      last_error: string | null;
      /**
       * Format: date-time
       * @description When it is tried again
       * @example null
       */
      next_attempt_at: string | null;
      /**
       * Format: date-time
       * @example 2026-01-12T09:15:32.000Z
       */
      sent_at: string | null;
      /**
       * Format: uuid
       * @description The notification it belongs to
       * @example null
       */
      notification_id: string | null;
      /**
       * Format: uuid
       * @description The booking it speaks of
       * @example null
       */
      booking_id: string | null;
      /**
       * Format: uuid
       * @description The prospect it speaks of
       * @example null
       */
      prospect_id: string | null;
      /**
       * Format: uuid
       * @description The connection it speaks of
       * @example null
       */
      integration_id: string | null;
      /**
       * Format: date-time
       * @description When it was written
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
    };
    MailAttachmentDto: {
      /** @example rendez-vous.ics */
      filename: string;
      /** @example BEGIN:VCALENDAR… */
      content: string;
    };
    MailPreviewDto: {
      /** @example Nouveau RDV Calendly - ArchiMeuble : Consultation téléphonique */
      subject: string;
      /**
       * @description The part for readers of plain text
       * @example Bonjour,…
       */
      text: string;
      /**
       * @description The HTML part. To be shown in an iframe with an empty `sandbox` attribute
       * @example <!doctype html>…
       */
      html: string;
      /**
       * @description Where an answer goes
       * @example jean.dupont@example.com
       */
      reply_to: string | null;
      attachments: components['schemas']['MailAttachmentDto'][];
    };
    MailDetailDto: {
      /**
       * Format: uuid
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2
       */
      id: string;
      /**
       * @description What it is about
       * @example booking_created
       * @enum {string}
       */
      kind:
        | 'booking_created'
        | 'booking_moved'
        | 'booking_canceled'
        | 'booking_no_show'
        | 'connection_broken'
        | 'connection_recovered'
        | 'import_finished'
        | 'sync_needs_approval'
        | 'dead_letters'
        | 'other'
        | 'digest';
      /**
       * @description queued: to be tried, now or again; sent: taken over by a server; bounced: refused for good; failed: given up after a day; not_sent: kept only, because no server is configured
       * @example sent
       * @enum {string}
       */
      state: 'queued' | 'sent' | 'bounced' | 'failed' | 'not_sent';
      /**
       * @description The one mailbox it goes to
       * @example contact@atelier.example
       */
      recipient: string;
      /**
       * @description Null once its content is no longer kept, a month after it was written
       * @example Nouveau RDV Calendly - ArchiMeuble : Consultation téléphonique
       */
      subject: string | null;
      /**
       * @example fr
       * @enum {string}
       */
      locale: 'fr' | 'en';
      /**
       * @description Fixed before the first try, the same at every other
       * @example <019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2@passerelle.example>
       */
      message_id: string;
      /**
       * @description Tries so far
       * @example 1
       */
      attempts: number;
      /**
       * @description What the last try ended with: the stage and the server’s code, never its words
       * @example smtp/recipient-550
       */
      last_error: string | null;
      /**
       * Format: date-time
       * @description When it is tried again
       * @example null
       */
      next_attempt_at: string | null;
      /**
       * Format: date-time
       * @example 2026-01-12T09:15:32.000Z
       */
      sent_at: string | null;
      /**
       * Format: uuid
       * @description The notification it belongs to
       * @example null
       */
      notification_id: string | null;
      /**
       * Format: uuid
       * @description The booking it speaks of
       * @example null
       */
      booking_id: string | null;
      /**
       * Format: uuid
       * @description The prospect it speaks of
       * @example null
       */
      prospect_id: string | null;
      /**
       * Format: uuid
       * @description The connection it speaks of
       * @example null
       */
      integration_id: string | null;
      /**
       * Format: date-time
       * @description When it was written
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /** @description As it was or would be sent, or the same in the other language; null once its content is no longer kept */
      preview: components['schemas']['MailPreviewDto'] | null;
    };
    ProspectDto: {
      /**
       * Format: uuid
       * @description Ours, for ever the same
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3
       */
      id: string;
      /**
       * @description Empty when unknown
       * @example John
       */
      firstname: string;
      /**
       * @description Empty when unknown
       * @example Doe
       */
      lastname: string;
      /**
       * @description As it was written; unique in the organization whatever its case
       * @example john.doe@example.com
       */
      email: string | null;
      /**
       * @description As it was written
       * @example +33 6 12 34 56 78
       */
      phone: string | null;
      /**
       * @description A word of the CRM’s own
       * @example new
       */
      status: string;
      /**
       * @description Where the prospect came from first
       * @example calendly
       */
      source: string;
      /**
       * @description One note per appointment and what people wrote, blank lines between, in order of time; plain text
       * @example Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min
       */
      notes: string;
      /**
       * Format: date-time
       * @description When the prospect was made
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When anything last changed
       * @example 2026-01-12T09:15:30.000Z
       */
      updated_at: string;
    };
    CreateProspectDto: {
      /**
       * @description Any text; shown as text, never as HTML
       * @example John
       */
      firstname?: string | null;
      /**
       * @description Any text; shown as text, never as HTML
       * @example Doe
       */
      lastname?: string | null;
      /**
       * @description One mailbox; empty or null for none. Unique in the organization, whatever its case
       * @example john.doe@example.com
       */
      email?: string | null;
      /**
       * @description Empty or null for none
       * @example +33 6 12 34 56 78
       */
      phone?: string | null;
      /**
       * @description A word of the CRM’s own; `new` at first
       * @example new
       */
      status?: string;
      /**
       * @description Where the prospect came from; `manual` at first
       * @example manual
       */
      source?: string;
      /**
       * @description What people write: one note beside those of appointments. The whole `notes` text may be sent back: paragraphs that are notes of appointments are left out. Empty removes the note
       * @example À rappeler lundi
       */
      notes?: string | null;
    };
    ProspectNoteDto: {
      /**
       * @description Who speaks: a provider, or `manual`
       * @example calendly
       */
      source: string;
      /**
       * @description What is spoken of: the booking, or the prospect itself for what people wrote
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d4
       */
      source_id: string;
      /**
       * Format: date-time
       * @description The hour of the appointment, or of the first writing
       * @example 2026-01-16T15:30:00.000Z
       */
      happens_at: string;
      /**
       * @description Plain text
       * @example Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min
       */
      text: string;
    };
    ProspectBookingDto: {
      /**
       * Format: uuid
       * @description Ours
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d4
       */
      id: string;
      /**
       * @description Where it was booked
       * @example calendly
       */
      provider: string;
      /**
       * @description What was booked
       * @example Découverte 30min
       */
      event_name: string | null;
      /**
       * Format: date-time
       * @description Begin
       * @example 2026-01-16T15:30:00.000Z
       */
      starts_at: string;
      /**
       * Format: date-time
       * @description End
       * @example 2026-01-16T16:00:00.000Z
       */
      ends_at: string;
      /**
       * @description `active`, `canceled`, `rescheduled` or `no_show`
       * @example active
       */
      status: string;
      /**
       * @description Null when the provider does not say
       * @example on_site
       * @enum {string|null}
       */
      meeting: 'phone' | 'video' | 'on_site' | null;
      /**
       * @description Where it takes place, as people wrote it
       * @example 12 rue de la Paix, Paris
       */
      location: string | null;
      /**
       * @description Where to join it
       * @example https://meet.example.com/abc
       */
      join_url: string | null;
    };
    ProspectDetailDto: {
      /**
       * Format: uuid
       * @description Ours, for ever the same
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3
       */
      id: string;
      /**
       * @description Empty when unknown
       * @example John
       */
      firstname: string;
      /**
       * @description Empty when unknown
       * @example Doe
       */
      lastname: string;
      /**
       * @description As it was written; unique in the organization whatever its case
       * @example john.doe@example.com
       */
      email: string | null;
      /**
       * @description As it was written
       * @example +33 6 12 34 56 78
       */
      phone: string | null;
      /**
       * @description A word of the CRM’s own
       * @example new
       */
      status: string;
      /**
       * @description Where the prospect came from first
       * @example calendly
       */
      source: string;
      /**
       * @description One note per appointment and what people wrote, blank lines between, in order of time; plain text
       * @example Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min
       */
      notes: string;
      /**
       * Format: date-time
       * @description When the prospect was made
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When anything last changed
       * @example 2026-01-12T09:15:30.000Z
       */
      updated_at: string;
      /** @description The notes one by one, in the order of the `notes` text */
      note_entries: components['schemas']['ProspectNoteDto'][];
      /** @description The appointments, newest first */
      bookings: components['schemas']['ProspectBookingDto'][];
    };
    UpdateProspectDto: {
      /**
       * @description Any text; shown as text, never as HTML
       * @example John
       */
      firstname?: string | null;
      /**
       * @description Any text; shown as text, never as HTML
       * @example Doe
       */
      lastname?: string | null;
      /**
       * @description One mailbox; empty or null for none. Unique in the organization, whatever its case
       * @example john.doe@example.com
       */
      email?: string | null;
      /**
       * @description Empty or null for none
       * @example +33 6 12 34 56 78
       */
      phone?: string | null;
      /**
       * @description A word of the CRM’s own; `new` at first
       * @example new
       */
      status?: string;
      /**
       * @description Where the prospect came from; `manual` at first
       * @example manual
       */
      source?: string;
      /**
       * @description What people write: one note beside those of appointments. The whole `notes` text may be sent back: paragraphs that are notes of appointments are left out. Empty removes the note
       * @example À rappeler lundi
       */
      notes?: string | null;
    };
    FormationSummaryDto: {
      /**
       * Format: uuid
       * @description Ours
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3
       */
      id: string;
      /** @example Habilitation électrique */
      title: string;
      /**
       * @description Plain text
       * @example Prévoir des chaussures de sécurité.
       */
      description: string | null;
      /** @example 12 rue de la Paix, Paris */
      location: string | null;
      /**
       * @description IANA zone of sessions that name none
       * @example Europe/Paris
       */
      time_zone: string;
      /**
       * @example confirmed
       * @enum {string}
       */
      status: 'draft' | 'confirmed' | 'cancelled';
      /**
       * @description Whether calendars invite the participants by mail
       * @example false
       */
      invite_participants: boolean;
      /**
       * Format: date-time
       * @description When it was made
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When anything of it last changed, be it a session or a participant
       * @example 2026-01-12T09:15:30.000Z
       */
      updated_at: string;
      /** @example 3 */
      session_count: number;
      /** @example 12 */
      participant_count: number;
      /**
       * Format: date-time
       * @description Begin of the first session
       * @example 2026-03-10T08:00:00.000Z
       */
      first_starts_at: string | null;
      /**
       * Format: date-time
       * @description End of the last session
       * @example 2026-03-12T16:00:00.000Z
       */
      last_ends_at: string | null;
    };
    CreateFormationSessionDto: {
      /**
       * @description Empty or null: the formation’s
       * @example Jour 1 : théorie
       */
      title?: string | null;
      /**
       * @description Plain text; empty or null: the formation’s
       * @example Venir avec une pièce d’identité.
       */
      description?: string | null;
      /**
       * @description Empty or null: the formation’s
       * @example Salle 2
       */
      location?: string | null;
      /**
       * @description IANA zone in which the session takes place; at first the formation’s
       * @example Europe/Paris
       */
      time_zone?: string;
      /**
       * @description `scheduled` at first
       * @example scheduled
       * @enum {string}
       */
      status?: 'scheduled' | 'cancelled';
      /**
       * Format: uuid
       * @description The participant whose date it is alone; null for everybody’s
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7
       */
      participant_id?: string | null;
      /**
       * Format: uuid
       * @description Of an individual date: the general session that this participant does not get because of it. It stays replaced while the individual date is cancelled, and comes back when that is deleted
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5
       */
      replaces_session_id?: string | null;
      /**
       * @description An instant with its offset, or a local time without one, read in `time_zone`; to the second. A local time that clocks skip is refused, of one that they show twice the earlier is meant
       * @example 2026-03-10T09:00:00+01:00
       */
      starts_at: string;
      /**
       * @description After the begin, at most 31 days later. An instant with its offset, or a local time without one, read in `time_zone`; to the second. A local time that clocks skip is refused, of one that they show twice the earlier is meant
       * @example 2026-03-10T17:00
       */
      ends_at: string;
    };
    CreateFormationParticipantDto: {
      /**
       * @description Empty or null when unknown
       * @example Camille Martin
       */
      name?: string | null;
      /**
       * @description `participant` at first; a trainer has the same dates
       * @example participant
       * @enum {string}
       */
      role?: 'participant' | 'trainer';
      /**
       * @description One mailbox. Once in the formation, whatever its case
       * @example camille.martin@example.com
       */
      email: string;
    };
    CreateFormationDto: {
      /**
       * @description Plain text; empty or null for none
       * @example Prévoir des chaussures de sécurité.
       */
      description?: string | null;
      /**
       * @description Empty or null for none
       * @example 12 rue de la Paix, Paris
       */
      location?: string | null;
      /**
       * @description IANA zone of sessions that name none; the organization’s at first. Changing it moves no session that exists
       * @example Europe/Paris
       */
      time_zone?: string;
      /**
       * @description `confirmed` at first. Only a confirmed formation stands in calendars
       * @example confirmed
       * @enum {string}
       */
      status?: 'draft' | 'confirmed' | 'cancelled';
      /**
       * @description Whether calendars invite the participants by mail; `false` at first, and then nobody is mailed
       * @example false
       */
      invite_participants?: boolean;
      /** @example Habilitation électrique */
      title: string;
      /** @description Dates for everybody; those for one participant alone are added once there are participants */
      sessions?: components['schemas']['CreateFormationSessionDto'][];
      participants?: components['schemas']['CreateFormationParticipantDto'][];
    };
    SessionCopyDto: {
      /**
       * @description `google` or `outlook`
       * @example google
       */
      provider: string;
      /**
       * Format: uuid
       * @description Whose calendar it is; null for somebody who does not take part
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7
       */
      participant_id: string | null;
      /**
       * @description How far the event is what the session says
       * @example synced
       */
      state: string;
      /**
       * @description A stable code of what went wrong
       * @example null
       */
      error: string | null;
      /**
       * @description The event’s page
       * @example https://calendar.google.com/calendar/event?eid=abc
       */
      html_link: string | null;
      /**
       * @description There
       * @example 019f6b1e3c2a7a519d5b0c2f4be0a1d8
       */
      event_id: string | null;
      /**
       * Format: date-time
       * @description When that last changed
       * @example 2026-01-12T09:15:30.000Z
       */
      updated_at: string;
    };
    FormationSessionDto: {
      /**
       * Format: uuid
       * @description Ours
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5
       */
      id: string;
      /**
       * @description Null: the formation’s
       * @example Jour 1 : théorie
       */
      title: string | null;
      /**
       * @description Null: the formation’s. Empty: none, since somebody emptied it in a calendar
       * @example null
       */
      description: string | null;
      /**
       * @description Null: the formation’s. Empty: none, since somebody emptied it in a calendar
       * @example Salle 2
       */
      location: string | null;
      /**
       * Format: date-time
       * @description Begin
       * @example 2026-03-10T08:00:00.000Z
       */
      starts_at: string;
      /**
       * Format: date-time
       * @description End
       * @example 2026-03-10T16:00:00.000Z
       */
      ends_at: string;
      /**
       * @description IANA zone in which it takes place
       * @example Europe/Paris
       */
      time_zone: string;
      /**
       * @example scheduled
       * @enum {string}
       */
      status: 'scheduled' | 'cancelled';
      /**
       * Format: uuid
       * @description The participant whose date it is alone; null for everybody’s
       * @example null
       */
      participant_id: string | null;
      /**
       * Format: uuid
       * @description The general session that this participant does not get because of it
       * @example null
       */
      replaces_session_id: string | null;
      /** @description How it stands in external calendars */
      copies: components['schemas']['SessionCopyDto'][];
    };
    ParticipantCalendarDto: {
      /**
       * @description Whether the participant has the dates in a calendar
       * @example in_calendar
       * @enum {string}
       */
      state: 'in_calendar' | 'not_connected' | 'refused' | 'failed' | 'pending';
      /**
       * @description `google` or `outlook`
       * @example google
       */
      provider: string | null;
      /**
       * @description Why not
       * @example null
       */
      reason: string | null;
    };
    FormationParticipantDto: {
      /**
       * Format: uuid
       * @description Ours
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7
       */
      id: string;
      /**
       * Format: uuid
       * @description The member of the organization with this address; null as long as there is none
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      user_id: string | null;
      /**
       * @description As it was written
       * @example camille.martin@example.com
       */
      email: string;
      /**
       * @description Null when unknown
       * @example Camille Martin
       */
      name: string | null;
      /**
       * @example participant
       * @enum {string}
       */
      role: 'participant' | 'trainer';
      /** @description Whether the dates stand in calendars of theirs */
      calendars: components['schemas']['ParticipantCalendarDto'][];
    };
    FormationConflictDto: {
      /**
       * Format: uuid
       * @description Ours
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d9
       */
      id: string;
      /**
       * Format: uuid
       * @description Of which session
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5
       */
      session_id: string;
      /**
       * @description `existence`: changed here, deleted there
       * @example title
       * @enum {string}
       */
      field: 'title' | 'description' | 'location' | 'schedule' | 'existence';
      /**
       * @description What stood here
       * @example Jour 1
       */
      ours:
        | string
        | {
            [key: string]: unknown;
          }
        | null;
      /**
       * @description What stood in the calendar
       * @example Premier jour
       */
      theirs:
        | string
        | {
            [key: string]: unknown;
          }
        | null;
      /**
       * @description Which of the two was kept
       * @example theirs
       * @enum {string}
       */
      kept: 'ours' | 'theirs';
      /**
       * Format: date-time
       * @example 2026-01-12T09:15:30.000Z
       */
      found_at: string;
    };
    FormationDetailDto: {
      /**
       * Format: uuid
       * @description Ours
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d3
       */
      id: string;
      /** @example Habilitation électrique */
      title: string;
      /**
       * @description Plain text
       * @example Prévoir des chaussures de sécurité.
       */
      description: string | null;
      /** @example 12 rue de la Paix, Paris */
      location: string | null;
      /**
       * @description IANA zone of sessions that name none
       * @example Europe/Paris
       */
      time_zone: string;
      /**
       * @example confirmed
       * @enum {string}
       */
      status: 'draft' | 'confirmed' | 'cancelled';
      /**
       * @description Whether calendars invite the participants by mail
       * @example false
       */
      invite_participants: boolean;
      /**
       * Format: date-time
       * @description When it was made
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When anything of it last changed, be it a session or a participant
       * @example 2026-01-12T09:15:30.000Z
       */
      updated_at: string;
      /** @description By their hour */
      sessions: components['schemas']['FormationSessionDto'][];
      /** @description In the order in which they were added */
      participants: components['schemas']['FormationParticipantDto'][];
      /** @description Edits here and in a calendar that met, and which was kept */
      conflicts: components['schemas']['FormationConflictDto'][];
    };
    UpdateFormationDto: {
      /**
       * @description Plain text; empty or null for none
       * @example Prévoir des chaussures de sécurité.
       */
      description?: string | null;
      /**
       * @description Empty or null for none
       * @example 12 rue de la Paix, Paris
       */
      location?: string | null;
      /**
       * @description IANA zone of sessions that name none; the organization’s at first. Changing it moves no session that exists
       * @example Europe/Paris
       */
      time_zone?: string;
      /**
       * @description `confirmed` at first. Only a confirmed formation stands in calendars
       * @example confirmed
       * @enum {string}
       */
      status?: 'draft' | 'confirmed' | 'cancelled';
      /**
       * @description Whether calendars invite the participants by mail; `false` at first, and then nobody is mailed
       * @example false
       */
      invite_participants?: boolean;
      /** @example Habilitation électrique */
      title?: string;
    };
    ReplaceFormationSessionDto: {
      /**
       * @description Empty or null: the formation’s
       * @example Jour 1 : théorie
       */
      title?: string | null;
      /**
       * @description Plain text; empty or null: the formation’s
       * @example Venir avec une pièce d’identité.
       */
      description?: string | null;
      /**
       * @description Empty or null: the formation’s
       * @example Salle 2
       */
      location?: string | null;
      /**
       * @description IANA zone in which the session takes place; at first the formation’s
       * @example Europe/Paris
       */
      time_zone?: string;
      /**
       * @description `scheduled` at first
       * @example scheduled
       * @enum {string}
       */
      status?: 'scheduled' | 'cancelled';
      /**
       * Format: uuid
       * @description The participant whose date it is alone; null for everybody’s
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7
       */
      participant_id?: string | null;
      /**
       * Format: uuid
       * @description Of an individual date: the general session that this participant does not get because of it. It stays replaced while the individual date is cancelled, and comes back when that is deleted
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5
       */
      replaces_session_id?: string | null;
      /**
       * @description An instant with its offset, or a local time without one, read in `time_zone`; to the second. A local time that clocks skip is refused, of one that they show twice the earlier is meant
       * @example 2026-03-10T09:00:00+01:00
       */
      starts_at: string;
      /**
       * @description After the begin, at most 31 days later. An instant with its offset, or a local time without one, read in `time_zone`; to the second. A local time that clocks skip is refused, of one that they show twice the earlier is meant
       * @example 2026-03-10T17:00
       */
      ends_at: string;
      /**
       * Format: uuid
       * @description Of a session that there is already
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5
       */
      id?: string;
    };
    ReplaceFormationParticipantDto: {
      /**
       * @description Empty or null when unknown
       * @example Camille Martin
       */
      name?: string | null;
      /**
       * @description `participant` at first; a trainer has the same dates
       * @example participant
       * @enum {string}
       */
      role?: 'participant' | 'trainer';
      /**
       * @description One mailbox. Once in the formation, whatever its case
       * @example camille.martin@example.com
       */
      email: string;
      /**
       * Format: uuid
       * @description Of somebody who takes part already; without it the address decides
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7
       */
      id?: string;
    };
    ReplaceFormationDto: {
      /**
       * @description Plain text; empty or null for none
       * @example Prévoir des chaussures de sécurité.
       */
      description?: string | null;
      /**
       * @description Empty or null for none
       * @example 12 rue de la Paix, Paris
       */
      location?: string | null;
      /**
       * @description IANA zone of sessions that name none; the organization’s at first. Changing it moves no session that exists
       * @example Europe/Paris
       */
      time_zone?: string;
      /**
       * @description `confirmed` at first. Only a confirmed formation stands in calendars
       * @example confirmed
       * @enum {string}
       */
      status?: 'draft' | 'confirmed' | 'cancelled';
      /**
       * @description Whether calendars invite the participants by mail; `false` at first, and then nobody is mailed
       * @example false
       */
      invite_participants?: boolean;
      /** @example Habilitation électrique */
      title: string;
      /** @description All sessions there are to be: those whose `id` is absent are removed, those without one are new */
      sessions?: components['schemas']['ReplaceFormationSessionDto'][];
      /** @description All participants there are to be: known by `id`, else by address; those who are absent are removed */
      participants?: components['schemas']['ReplaceFormationParticipantDto'][];
    };
    UpdateFormationSessionDto: {
      /**
       * @description Empty or null: the formation’s
       * @example Jour 1 : théorie
       */
      title?: string | null;
      /**
       * @description Plain text; empty or null: the formation’s
       * @example Venir avec une pièce d’identité.
       */
      description?: string | null;
      /**
       * @description Empty or null: the formation’s
       * @example Salle 2
       */
      location?: string | null;
      /**
       * @description IANA zone in which the session takes place; at first the formation’s
       * @example Europe/Paris
       */
      time_zone?: string;
      /**
       * @description `scheduled` at first
       * @example scheduled
       * @enum {string}
       */
      status?: 'scheduled' | 'cancelled';
      /**
       * Format: uuid
       * @description The participant whose date it is alone; null for everybody’s
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d7
       */
      participant_id?: string | null;
      /**
       * Format: uuid
       * @description Of an individual date: the general session that this participant does not get because of it. It stays replaced while the individual date is cancelled, and comes back when that is deleted
       * @example 019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d5
       */
      replaces_session_id?: string | null;
      /**
       * @description An instant with its offset, or a local time without one, read in `time_zone`; to the second. A local time that clocks skip is refused, of one that they show twice the earlier is meant
       * @example 2026-03-10T09:00:00+01:00
       */
      starts_at?: string;
      /**
       * @description After the begin, at most 31 days later. An instant with its offset, or a local time without one, read in `time_zone`; to the second. A local time that clocks skip is refused, of one that they show twice the earlier is meant
       * @example 2026-03-10T17:00
       */
      ends_at?: string;
    };
    UpdateFormationParticipantDto: {
      /**
       * @description Empty or null when unknown
       * @example Camille Martin
       */
      name?: string | null;
      /**
       * @description `participant` at first; a trainer has the same dates
       * @example participant
       * @enum {string}
       */
      role?: 'participant' | 'trainer';
      /**
       * @description One mailbox. Once in the formation, whatever its case
       * @example camille.martin@example.com
       */
      email?: string;
    };
    BookingAnswerDto: {
      /** @example Votre projet ? */
      question: string;
      /** @example Refaire le site */
      answer: string;
      /** @example 0 */
      position: number;
    };
    BookingCancellationDto: {
      /**
       * @example invitee
       * @enum {string|null}
       */
      by: 'host' | 'invitee' | null;
      /** @example Empêchement */
      reason: string | null;
    };
    BookingDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /**
       * @description Where it was booked
       * @example calendly
       */
      provider: string;
      /** @example 0198f3c2-5f00-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /** @example Découverte 30min */
      event_name: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      event_start_time: string;
      /** @example 2026-01-16T16:00:00.000Z */
      event_end_time: string;
      /**
       * @example active
       * @enum {string}
       */
      event_status: 'active' | 'canceled' | 'rescheduled' | 'no_show';
      /**
       * @description Null when the provider does not say
       * @example on_site
       * @enum {string|null}
       */
      meeting: 'phone' | 'video' | 'on_site' | null;
      /**
       * @description As people wrote it; null where only the kind of meeting is known
       * @example 12 rue de la Paix, Paris
       */
      location: string | null;
      /** @example https://meet.example.test/abc */
      join_url: string | null;
      /** @example John Doe */
      invitee_name: string;
      /** @example john.doe@example.test */
      invitee_email: string | null;
      /** @example +33 6 12 34 56 78 */
      invitee_phone: string | null;
      /** @example Europe/Paris */
      invitee_timezone: string | null;
      /** @description In the order of the form */
      invitee_questions: components['schemas']['BookingAnswerDto'][];
      /**
       * @example {
       *       "utm_source": "newsletter",
       *       "utm_campaign": null
       *     }
       */
      tracking: {
        [key: string]: string | null;
      };
      cancellation: components['schemas']['BookingCancellationDto'] | null;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      prospect_id: string | null;
      /**
       * @description When it came in here
       * @example 2026-01-10T09:00:00.000Z
       */
      created_at: string;
      /**
       * @description When it last changed here
       * @example 2026-01-10T09:00:00.000Z
       */
      updated_at: string;
    };
    BookingMomentDto: {
      /**
       * @example moved
       * @enum {string}
       */
      kind: 'booked' | 'moved' | 'canceled' | 'no_show';
      /**
       * @description When, by the provider’s clock; null where it does not say
       * @example 2026-01-12T09:00:00.000Z
       */
      at: string | null;
      /**
       * @description The booking it happened to
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      booking_id: string;
      /**
       * @description The hour it was about
       * @example 2026-01-16T15:30:00.000Z
       */
      event_start_time: string;
      /**
       * @description Of a move: the booking that came instead
       * @example null
       */
      next_booking_id: string | null;
      /**
       * @description Of a move: its hour
       * @example null
       */
      next_start_time: string | null;
      cancellation: components['schemas']['BookingCancellationDto'] | null;
    };
    BookingDetailDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /**
       * @description Where it was booked
       * @example calendly
       */
      provider: string;
      /** @example 0198f3c2-5f00-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /** @example Découverte 30min */
      event_name: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      event_start_time: string;
      /** @example 2026-01-16T16:00:00.000Z */
      event_end_time: string;
      /**
       * @example active
       * @enum {string}
       */
      event_status: 'active' | 'canceled' | 'rescheduled' | 'no_show';
      /**
       * @description Null when the provider does not say
       * @example on_site
       * @enum {string|null}
       */
      meeting: 'phone' | 'video' | 'on_site' | null;
      /**
       * @description As people wrote it; null where only the kind of meeting is known
       * @example 12 rue de la Paix, Paris
       */
      location: string | null;
      /** @example https://meet.example.test/abc */
      join_url: string | null;
      /** @example John Doe */
      invitee_name: string;
      /** @example john.doe@example.test */
      invitee_email: string | null;
      /** @example +33 6 12 34 56 78 */
      invitee_phone: string | null;
      /** @example Europe/Paris */
      invitee_timezone: string | null;
      /** @description In the order of the form */
      invitee_questions: components['schemas']['BookingAnswerDto'][];
      /**
       * @example {
       *       "utm_source": "newsletter",
       *       "utm_campaign": null
       *     }
       */
      tracking: {
        [key: string]: string | null;
      };
      cancellation: components['schemas']['BookingCancellationDto'] | null;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      prospect_id: string | null;
      /**
       * @description When it came in here
       * @example 2026-01-10T09:00:00.000Z
       */
      created_at: string;
      /**
       * @description When it last changed here
       * @example 2026-01-10T09:00:00.000Z
       */
      updated_at: string;
      /** @description Of this appointment and all it was moved from or to, oldest first */
      history: components['schemas']['BookingMomentDto'][];
    };
    CalendarSettingsDto: {
      /**
       * @description External events come in
       * @example true
       */
      import: boolean;
      /**
       * @description Formations go out
       * @example true
       */
      export: boolean;
      /**
       * @description Both by themselves, whenever either side changes
       * @example true
       */
      sync: boolean;
    };
    CalendarAccountDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      id: string | null;
      /**
       * @description google or outlook
       * @example google
       */
      type: string;
      /** @example true */
      connected: boolean;
      /**
       * @example connected
       * @enum {string}
       */
      status: 'not_configured' | 'disconnected' | 'connected' | 'insufficient_scope' | 'needs_reauth' | 'error';
      /**
       * @description Why, and what to do
       * @example null
       */
      status_reason: string | null;
      /**
       * @description The reason as one stable word
       * @example null
       */
      status_code: string | null;
      /** @example camille@example.test */
      email: string | null;
      /**
       * @description The chosen calendar
       * @example camille@example.test
       */
      calendar_id: string | null;
      settings: components['schemas']['CalendarSettingsDto'];
      /**
       * @description Permissions that were asked for and not given
       * @example []
       */
      missing_scopes: string[];
      /** @example 2026-03-01T08:00:00.000Z */
      last_synced_at: string | null;
      /** @example 2026-03-01T08:30:00.000Z */
      next_sync_at: string | null;
      /**
       * @example push
       * @enum {string}
       */
      delivery_mode: 'push' | 'polling';
      /**
       * @description Events that could not be placed in time, and are not shown
       * @example 0
       */
      set_aside: number;
      /**
       * @description The reading that waits for agreement
       * @example null
       */
      approval_run_id: string | null;
    };
    PatchCalendarSettingsDto: {
      /** @example true */
      import?: boolean;
      /** @example true */
      export?: boolean;
      /** @example true */
      sync?: boolean;
      /**
       * @description One of GET /calendars that can be written to
       * @example camille@example.test
       */
      calendar_id?: string;
    };
    CalendarDisconnectedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description Imported events that were erased
       * @example 0
       */
      erased_events: number;
    };
    CalendarChoiceDto: {
      /** @example camille@example.test */
      id: string;
      /** @example google */
      type: string;
      /** @example Camille */
      name: string;
      /** @example Europe/Paris */
      time_zone: string | null;
      /** @example true */
      primary: boolean;
      /** @example true */
      can_write: boolean;
    };
    CalendarEventAttendeeDto: {
      /** @example p@example.test */
      email: string;
      /** @example Paul */
      name: string | null;
      /**
       * @example accepted
       * @enum {string}
       */
      response: 'accepted' | 'declined' | 'tentative' | 'none';
    };
    CalendarEventDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example google */
      type: string;
      /** @example camille@example.test */
      calendar_id: string;
      /**
       * @description Null when private
       * @example Réunion d’équipe
       */
      title: string | null;
      /** @example Ordre du jour… */
      description: string | null;
      /** @example Salle B */
      location: string | null;
      /** @example false */
      all_day: boolean;
      /**
       * @description Null when all-day
       * @example 2026-03-10T08:00:00.000Z
       */
      starts_at: string | null;
      /** @example 2026-03-10T09:00:00.000Z */
      ends_at: string | null;
      /**
       * @description Of an all-day event: 2026-03-10
       * @example null
       */
      start_date: string | null;
      /**
       * @description The day after the last one
       * @example null
       */
      end_date: string | null;
      /** @example Europe/Paris */
      time_zone: string | null;
      /**
       * @example confirmed
       * @enum {string}
       */
      status: 'confirmed' | 'tentative' | 'cancelled';
      /**
       * @example normal
       * @enum {string}
       */
      visibility: 'normal' | 'private';
      /**
       * @description Whether the person is busy then
       * @example true
       */
      busy: boolean;
      attendees: components['schemas']['CalendarEventAttendeeDto'][];
      /** @example https://calendar.example.test/event/1 */
      html_link: string | null;
      /** @example https://meet.example.test/abc */
      join_url: string | null;
      /**
       * @description The series it is an occurrence of
       * @example series-1
       */
      series_id: string | null;
      /** @example 2026-03-01T08:00:00.000Z */
      updated_at: string;
    };
    CopyConflictDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      formation_id: string;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78 */
      session_id: string;
      /** @example outlook */
      provider: string;
      /**
       * @example title
       * @enum {string}
       */
      field: 'title' | 'description' | 'location' | 'schedule' | 'existence';
      /**
       * @description What was said here
       * @example Sécurité incendie
       */
      ours: (string | Record<string, never>) | null;
      /**
       * @description What the calendar says
       * @example Sécurité (salle B)
       */
      theirs: (string | Record<string, never>) | null;
      /**
       * @description The later edit, which holds for now
       * @example theirs
       * @enum {string}
       */
      kept: 'ours' | 'theirs';
      /** @example 2026-03-01T08:00:00.000Z */
      found_at: string;
    };
    ResolveConflictDto: {
      /**
       * @description Which version is to hold on both sides
       * @enum {string}
       */
      keep: 'ours' | 'theirs';
    };
    SyncCountsDto: {
      /**
       * @description Events listed by the provider
       * @example 500
       */
      listed?: number;
      /**
       * @description Bookings: events asked for in full, because they had moved
       * @example 2
       */
      read?: number;
      /** @example 1 */
      created?: number;
      /** @example 1 */
      updated?: number;
      /** @example 0 */
      unchanged?: number;
      /**
       * @description Bookings: people who were not known
       * @example 1
       */
      prospects_created?: number;
      /**
       * @description Bookings: events known so far, while a page is being read
       * @example 120
       */
      expected?: number;
      /**
       * @description Calendars: events that are no longer there
       * @example 0
       */
      removed?: number;
      /**
       * @description Calendars: events whose times could not be read
       * @example 0
       */
      set_aside?: number;
    };
    SyncProgressDto: {
      /**
       * @description Events gone through so far
       * @example 38
       */
      done: number;
      /**
       * @description Events known so far; null when not told
       * @example 120
       */
      total: number | null;
    };
    SyncRunDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example calendly */
      provider: string;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /**
       * @example manual
       * @enum {string}
       */
      trigger: 'initial' | 'backfill' | 'schedule' | 'manual' | 'recovery' | 'push' | 'approval';
      /**
       * @example succeeded
       * @enum {string}
       */
      state: 'queued' | 'running' | 'succeeded' | 'failed' | 'needs_approval' | 'canceled';
      /**
       * @description full: everything was read and compared
       * @example changes
       * @enum {string}
       */
      mode: 'changes' | 'full';
      /**
       * @description Why everything was read; null when only changes were
       * @example null
       * @enum {string|null}
       */
      full_reason:
        | 'first_import'
        | 'cursor_expired'
        | 'window_aged'
        | 'page_expired'
        | 'requested'
        | 'calendar_changed'
        | 'recovery'
        | 'daily_check'
        | null;
      /** @description What it came to so far */
      counts: components['schemas']['SyncCountsDto'];
      /** @description While it is queued or running */
      progress: components['schemas']['SyncProgressDto'] | null;
      /**
       * @description Calls made to the provider
       * @example 7
       */
      provider_calls: number;
      /**
       * @description A stable word when the run failed
       * @example null
       */
      error_code: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      created_at: string;
      /** @example 2026-01-16T15:30:00.100Z */
      started_at: string | null;
      /** @example 2026-01-16T15:30:02.400Z */
      finished_at: string | null;
    };
    StepCountsDto: {
      /**
       * @description Events on the page
       * @example 100
       */
      listed?: number;
      /**
       * @description Events asked for in full, or asked for by name
       * @example 2
       */
      read?: number;
      /** @example 1 */
      created?: number;
      /** @example 1 */
      updated?: number;
      /** @example 98 */
      unchanged?: number;
      /**
       * @description Events whose times could not be read
       * @example 0
       */
      set_aside?: number;
      /**
       * @description Events asked for by name that are still there
       * @example 0
       */
      alive?: number;
      /**
       * @description What would go
       * @example 15
       */
      removals?: number;
      /**
       * @description Of how many
       * @example 40
       */
      live?: number;
      /**
       * @description What went
       * @example 5
       */
      removed?: number;
      /**
       * @description Steps in the middle that are not kept
       * @example 12
       */
      steps?: number;
    };
    SyncStepDto: {
      /** @example 2026-01-16T15:30:00.100Z */
      at: string;
      /**
       * @example page_read
       * @enum {string}
       */
      kind:
        | 'started'
        | 'resumed'
        | 'page_read'
        | 'restarted'
        | 'removals_checked'
        | 'removals_applied'
        | 'cursor_kept'
        | 'approval_awaited'
        | 'approved'
        | 'rejected'
        | 'throttled'
        | 'interrupted'
        | 'succeeded'
        | 'failed'
        | 'canceled'
        | 'left_out';
      /**
       * @description When it started
       * @example changes
       * @enum {string}
       */
      mode?: 'changes' | 'full';
      /**
       * @example cursor_expired
       * @enum {string}
       */
      full_reason?:
        | 'first_import'
        | 'cursor_expired'
        | 'window_aged'
        | 'page_expired'
        | 'requested'
        | 'calendar_changed'
        | 'recovery'
        | 'daily_check';
      /**
       * @description Counted from 1 in each attempt
       * @example 1
       */
      page?: number;
      counts?: components['schemas']['StepCountsDto'];
      /**
       * @description When it goes on, as the provider asked
       * @example 2026-01-16T15:32:00.000Z
       */
      until?: string;
      /**
       * @description A stable word: how a call failed, or why it ended
       * @example temporary
       */
      code?: string;
      /**
       * @description The provider’s own word
       * @example fullSyncRequired
       */
      said?: string;
      /**
       * @description Of the provider’s refusal; 0 when it did not answer
       * @example 410
       */
      status?: number;
      /**
       * @description The provider’s name for its answer, where it gives one: what its support asks for
       * @example a2b5f3f0-5d0c-4a8e-9a3e-0a6a3f0a9d11
       */
      request_id?: string;
    };
    SyncRunDetailDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example calendly */
      provider: string;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /**
       * @example manual
       * @enum {string}
       */
      trigger: 'initial' | 'backfill' | 'schedule' | 'manual' | 'recovery' | 'push' | 'approval';
      /**
       * @example succeeded
       * @enum {string}
       */
      state: 'queued' | 'running' | 'succeeded' | 'failed' | 'needs_approval' | 'canceled';
      /**
       * @description full: everything was read and compared
       * @example changes
       * @enum {string}
       */
      mode: 'changes' | 'full';
      /**
       * @description Why everything was read; null when only changes were
       * @example null
       * @enum {string|null}
       */
      full_reason:
        | 'first_import'
        | 'cursor_expired'
        | 'window_aged'
        | 'page_expired'
        | 'requested'
        | 'calendar_changed'
        | 'recovery'
        | 'daily_check'
        | null;
      /** @description What it came to so far */
      counts: components['schemas']['SyncCountsDto'];
      /** @description While it is queued or running */
      progress: components['schemas']['SyncProgressDto'] | null;
      /**
       * @description Calls made to the provider
       * @example 7
       */
      provider_calls: number;
      /**
       * @description A stable word when the run failed
       * @example null
       */
      error_code: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      created_at: string;
      /** @example 2026-01-16T15:30:00.100Z */
      started_at: string | null;
      /** @example 2026-01-16T15:30:02.400Z */
      finished_at: string | null;
      /** @description Oldest first; the first 20 and the last 40 of many */
      steps: components['schemas']['SyncStepDto'][];
      /**
       * @description When this connection is read by itself the next time; null when it is not
       * @example 2026-01-16T16:00:00.000Z
       */
      next_run_at: string | null;
    };
    RemovalDto: {
      /**
       * @description An imported event, or a formation’s date
       * @example event
       * @enum {string}
       */
      kind: 'event' | 'session';
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /**
       * @description For the owner of the calendar alone
       * @example Réunion
       */
      title: string | null;
      /** @example 2026-03-10T08:00:00.000Z */
      starts_at: string | null;
      /** @example null */
      start_date: string | null;
    };
    DeliveryDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example calendly */
      provider: string;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /** @example invitee.created */
      event_type: string | null;
      /**
       * @example processed
       * @enum {string}
       */
      state: 'received' | 'processed' | 'ignored' | 'dead' | 'rejected';
      /**
       * @description Times it was worked through
       * @example 1
       */
      attempts: number;
      /**
       * @description Why it was ignored, given up or rejected
       * @example null
       */
      error_code: string | null;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78 */
      booking_id: string | null;
      /**
       * @description What became of the booking; `unchanged` when all of it was known already
       * @example created
       * @enum {string|null}
       */
      effect: 'created' | 'changed' | 'unchanged' | null;
      /**
       * @description What became of it the last time it was worked through: a replay that had nothing to add is `unchanged`
       * @example unchanged
       * @enum {string|null}
       */
      last_effect: 'created' | 'changed' | 'unchanged' | null;
      /**
       * @description Without its body, which is kept for a while only, it cannot be replayed
       * @example true
       */
      body_kept: boolean;
      /**
       * @description Rejected, with what was sent still kept: its signature can be checked again
       * @example false
       */
      recheckable: boolean;
      /**
       * @description When its signature was last checked again
       * @example null
       */
      rechecked_at: string | null;
      /**
       * @description How many more were rejected at the same address around then, counted and not kept
       * @example 0
       */
      others_rejected: number;
      /** @example 2026-01-16T15:30:00.000Z */
      received_at: string;
      /** @example 2026-01-16T15:30:00.080Z */
      processed_at: string | null;
    };
    ReplayRunDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /**
       * @example running
       * @enum {string}
       */
      state: 'queued' | 'running' | 'done' | 'canceled' | 'failed';
      /**
       * @description How many were meant when it was asked for
       * @example 42
       */
      total: number;
      /**
       * @description How many are through. One that fails again counts too: it is tried again by itself, like any other
       * @example 12
       */
      done: number;
      /** @example 2026-01-16T16:00:00.000Z */
      created_at: string;
      /** @example null */
      finished_at: string | null;
    };
    CausedBookingDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78 */
      id: string;
      /**
       * @example created
       * @enum {string}
       */
      effect: 'created' | 'changed' | 'unchanged';
      /** @example Découverte 30min */
      event_name: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      starts_at: string;
      /**
       * @description As it stands now
       * @example active
       */
      status: string;
    };
    CausedProspectDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b79 */
      id: string;
      /**
       * @description Null when this delivery left the prospect as it was
       * @example created
       * @enum {string|null}
       */
      effect: 'created' | 'updated' | null;
    };
    CausedNoteDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b7a */
      id: string;
      /** @example Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min */
      text: string;
      /** @example 2026-01-12T09:15:30.000Z */
      updated_at: string;
    };
    CausedNotificationDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b7b */
      id: string;
      /** @example calendly_prospect_created */
      type: string;
      /** @example Nouveau prospect Calendly */
      title: string;
      /** @example John Doe a réservé un rendez-vous "Découverte" le 16/01/2026 16:30:00 */
      message: string;
      /** @example 2026-01-12T09:15:30.000Z */
      created_at: string;
    };
    CausedMailDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b7c */
      id: string;
      /** @example booking_created */
      kind: string;
      /** @example sent */
      state: string;
      /** @example 2026-01-12T09:15:30.000Z */
      created_at: string;
    };
    DeliveryCausesDto: {
      booking: components['schemas']['CausedBookingDto'] | null;
      /** @description Null also when the person was erased since */
      prospect: components['schemas']['CausedProspectDto'] | null;
      /** @description The note of this booking, as it stands now */
      note: components['schemas']['CausedNoteDto'] | null;
      notifications: components['schemas']['CausedNotificationDto'][];
      mails: components['schemas']['CausedMailDto'][];
    };
    DeliveryDetailDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example calendly */
      provider: string;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /** @example invitee.created */
      event_type: string | null;
      /**
       * @example processed
       * @enum {string}
       */
      state: 'received' | 'processed' | 'ignored' | 'dead' | 'rejected';
      /**
       * @description Times it was worked through
       * @example 1
       */
      attempts: number;
      /**
       * @description Why it was ignored, given up or rejected
       * @example null
       */
      error_code: string | null;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78 */
      booking_id: string | null;
      /**
       * @description What became of the booking; `unchanged` when all of it was known already
       * @example created
       * @enum {string|null}
       */
      effect: 'created' | 'changed' | 'unchanged' | null;
      /**
       * @description What became of it the last time it was worked through: a replay that had nothing to add is `unchanged`
       * @example unchanged
       * @enum {string|null}
       */
      last_effect: 'created' | 'changed' | 'unchanged' | null;
      /**
       * @description Without its body, which is kept for a while only, it cannot be replayed
       * @example true
       */
      body_kept: boolean;
      /**
       * @description Rejected, with what was sent still kept: its signature can be checked again
       * @example false
       */
      recheckable: boolean;
      /**
       * @description When its signature was last checked again
       * @example null
       */
      rechecked_at: string | null;
      /**
       * @description How many more were rejected at the same address around then, counted and not kept
       * @example 0
       */
      others_rejected: number;
      /** @example 2026-01-16T15:30:00.000Z */
      received_at: string;
      /** @example 2026-01-16T15:30:00.080Z */
      processed_at: string | null;
      /**
       * @description Why it ended as it did, in the language of Accept-Language
       * @example Un rendez-vous inconnu jusque-là a été enregistré.
       */
      explanation: string;
      /**
       * @description What the check of its signature came to, in the language of Accept-Language
       * @example La signature HMAC-SHA256 des octets reçus correspond à la clé de cette connexion.
       */
      signature_check: string;
      /**
       * @description The headers that are kept: none of them secret; the signature of a rejected one is masked
       * @example {
       *       "user-agent": "Calendly"
       *     }
       */
      headers: {
        [key: string]: string;
      };
      caused: components['schemas']['DeliveryCausesDto'];
    };
    DeliveryBodyDto: {
      /**
       * @description As it came in, unchanged
       * @example {"event":"invitee.created","payload":{}}
       */
      content: string;
      /**
       * @description `base64` where the bytes are no text
       * @example utf-8
       * @enum {string}
       */
      encoding: 'utf-8' | 'base64';
      /** @example 2048 */
      bytes: number;
    };
    ReplayDeliveriesDto: {
      /** @example calendly */
      provider?: string;
      /**
       * @example dead
       * @enum {string}
       */
      state?: 'processed' | 'ignored' | 'dead';
      /** @example payload-malformed */
      error_code?: string;
      /**
       * Format: date-time
       * @description Received at this instant or later
       * @example 2026-01-01T00:00:00Z
       */
      since?: string;
      /**
       * Format: date-time
       * @description Received before this instant; default: now
       * @example 2026-02-01T00:00:00Z
       */
      until?: string;
      /** @example john.doe@example.test */
      email?: string;
      /**
       * Format: uuid
       * @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77
       */
      integration_id?: string;
      /**
       * Format: uuid
       * @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78
       */
      booking_id?: string;
    };
    ReplayPlanDto: {
      /**
       * @description How many would be worked through again
       * @example 42
       */
      count: number;
      /**
       * @description Without their body: they would be passed over
       * @example 3
       */
      body_gone: number;
      /**
       * @description Waiting to be worked through anyway
       * @example 0
       */
      waiting: number;
      /** @example 2026-01-12T09:15:30.000Z */
      oldest: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      newest: string | null;
    };
    BegunReplayDto: {
      /** @example true */
      success: boolean;
      /**
       * @description How many are being worked through again
       * @example 42
       */
      count: number;
      /**
       * @description What follows it and calls it off; null when nothing matched
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string | null;
    };
    RecheckedDto: {
      /**
       * @example accepted
       * @enum {string}
       */
      outcome: 'accepted' | 'repeated' | 'refused';
      /**
       * @description The outcome in the language of Accept-Language
       * @example La signature est bonne avec les clés d’aujourd’hui.
       */
      explanation: string;
      delivery: components['schemas']['DeliveryDto'];
    };
    DeadLetterDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example deliveries.process */
      task: string;
      /**
       * @description Ids only
       * @example {
       *       "deliveryIds": [
       *         "0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77"
       *       ]
       *     }
       */
      payload: Record<string, never>;
      /**
       * @example transient
       * @enum {string}
       */
      error_class: 'transient' | 'permanent' | 'crash_loop';
      /** @example provider/temporary */
      error_code: string;
      /** @example 8 */
      attempts: number;
      /**
       * @example parked
       * @enum {string}
       */
      state: 'parked' | 'replayed' | 'discarded';
      /** @example 2026-01-16T15:30:00.000Z */
      first_failed_at: string;
      /** @example 2026-01-17T03:30:00.000Z */
      parked_at: string;
    };
    ReplayDeadLettersDto: {
      /** @example deliveries.process */
      task?: string;
      /** @example storage/unavailable */
      error_code?: string;
      /**
       * Format: date-time
       * @description Given up at this instant or later
       * @example 2026-01-01T00:00:00Z
       */
      since?: string;
    };
    ReplayedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description How many are being worked through again
       * @example 42
       */
      count: number;
    };
    DeadLetterActionDto: {
      /** @example true */
      success: boolean;
      /**
       * @description False when it was replayed or discarded before
       * @example true
       */
      changed: boolean;
    };
    ConnectionCauseDto: {
      /**
       * @description A stable word
       * @example plan
       */
      code: string;
      /**
       * @description In the language of Accept-Language
       * @example Sans temps réel
       */
      title: string;
      /**
       * @description Cause, consequence and repair, in the language of Accept-Language
       * @example L’abonnement Calendly ne comprend pas les webhooks. Le compte est lu à intervalles réguliers.
       */
      detail: string;
    };
    ConnectionActionDto: {
      /**
       * @description What helps most. connect and reconnect open the provider’s consent page; resume, retry and sync are routes of this connection; wait: it passes by itself
       * @example sync
       * @enum {string}
       */
      kind: 'connect' | 'reconnect' | 'resume' | 'retry' | 'sync' | 'wait' | 'none';
    };
    ConnectionCountsDto: {
      /**
       * @description Appointments, or events of a calendar
       * @example 42
       */
      events: number;
      /**
       * @description People who booked through this connection
       * @example 17
       */
      prospects: number;
    };
    ConnectionSettingsDto: {
      /**
       * @description False: nothing comes in by itself
       * @example true
       */
      enabled: boolean;
      /**
       * @description The account is read at regular intervals
       * @example true
       */
      auto_sync_enabled: boolean;
      /** @example 30 */
      sync_interval_minutes: number;
      /**
       * @description Of bookings: days of the past that an import takes over
       * @example 30
       */
      import_days: number | null;
      /**
       * @description Of a calendar: external events come in
       * @example null
       */
      import: boolean | null;
      /**
       * @description Of a calendar: formations go out
       * @example null
       */
      export: boolean | null;
      /**
       * @description Of a calendar: the one that is meant
       * @example null
       */
      calendar_id: string | null;
    };
    ConnectionDto: {
      /** @example calendly */
      provider: string;
      /**
       * @description As people know it
       * @example Calendly
       */
      provider_name: string;
      /**
       * @example booking
       * @enum {string}
       */
      kind: 'booking' | 'calendar';
      /**
       * @description Null where no account is connected
       * @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77
       */
      integration_id: string | null;
      /**
       * @description One word by precedence: what stands further up this list hides what is below
       * @example polling
       * @enum {string}
       */
      state:
        | 'not_configured'
        | 'not_connected'
        | 'needs_reauth'
        | 'error'
        | 'rate_limited'
        | 'paused'
        | 'importing'
        | 'syncing'
        | 'stale'
        | 'polling'
        | 'connected';
      cause: components['schemas']['ConnectionCauseDto'] | null;
      action: components['schemas']['ConnectionActionDto'];
      /**
       * @description Whether an account serves everybody in the organization, or the person who connected it
       * @example organization
       * @enum {string}
       */
      scope: 'organization' | 'person';
      /**
       * @description The same as scope = organization
       * @example true
       */
      is_shared: boolean;
      /** @example nora@example.test */
      account_email: string | null;
      /** @example Nora Petit */
      account_name: string | null;
      /**
       * @description Since when it is in this state, where that is known
       * @example 2026-01-10T09:00:00.000Z
       */
      since: string | null;
      /**
       * @description When the state ends by itself, where that is known: the end of a rate limit
       * @example null
       */
      resumes_at: string | null;
      /** @example 2026-01-10T09:00:00.000Z */
      connected_at: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      last_synced_at: string | null;
      /**
       * @description Null while nothing is read by itself
       * @example 2026-01-16T16:00:00.000Z
       */
      next_sync_at: string | null;
      /**
       * @description Changes are pushed to us as they happen
       * @example false
       */
      is_real_time: boolean;
      /**
       * @description Until when the provider has promised that, where its promise ends; it is renewed before
       * @example null
       */
      real_time_until: string | null;
      counts: components['schemas']['ConnectionCountsDto'];
      /** @description Of the reading under way */
      progress: components['schemas']['SyncProgressDto'] | null;
      /**
       * @description The reading that waits for agreement, see /api/sync-runs/{id}/removals
       * @example null
       */
      approval_run_id: string | null;
      /**
       * @description Variables that the administrator of the server must set
       * @example []
       */
      missing_variables: string[];
      /**
       * @description To be registered at the provider, to the letter
       * @example https://crm.example/auth/calendly/callback
       */
      redirect_uri: string;
      settings: components['schemas']['ConnectionSettingsDto'];
    };
    ConnectionScopesDto: {
      /**
       * @description What the consent page asks for
       * @example [
       *       "default"
       *     ]
       */
      required: string[];
      /**
       * @description What was granted, in the provider’s own words; null when it does not say
       * @example [
       *       "default"
       *     ]
       */
      granted: string[] | null;
      /**
       * @description Asked for and not granted
       * @example []
       */
      missing: string[];
    };
    ConnectionAccessDto: {
      /**
       * @description End of the access token in use, which is renewed by itself
       * @example 2026-01-16T17:30:00.000Z
       */
      expires_at: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      refreshed_at: string | null;
      /**
       * @description When its owner last agreed to it
       * @example 2026-01-10T09:00:00.000Z
       */
      consented_at: string | null;
    };
    ConnectionChannelDto: {
      /**
       * @description The provider’s promise to push to us: a webhook subscription or a push channel
       * @example open
       * @enum {string}
       */
      state: 'opening' | 'open' | 'closing' | 'none';
      /**
       * @description Why the provider will not push
       * @example null
       */
      refusal: string | null;
      /** @example 2026-01-10T09:00:00.000Z */
      created_at: string | null;
      /** @example null */
      expires_at: string | null;
      /** @example 2026-01-16T15:00:00.000Z */
      last_checked_at: string | null;
      /** @example 2026-01-16T15:12:00.000Z */
      last_delivery_at: string | null;
    };
    ConnectionDetailDto: {
      /** @example calendly */
      provider: string;
      /**
       * @description As people know it
       * @example Calendly
       */
      provider_name: string;
      /**
       * @example booking
       * @enum {string}
       */
      kind: 'booking' | 'calendar';
      /**
       * @description Null where no account is connected
       * @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77
       */
      integration_id: string | null;
      /**
       * @description One word by precedence: what stands further up this list hides what is below
       * @example polling
       * @enum {string}
       */
      state:
        | 'not_configured'
        | 'not_connected'
        | 'needs_reauth'
        | 'error'
        | 'rate_limited'
        | 'paused'
        | 'importing'
        | 'syncing'
        | 'stale'
        | 'polling'
        | 'connected';
      cause: components['schemas']['ConnectionCauseDto'] | null;
      action: components['schemas']['ConnectionActionDto'];
      /**
       * @description Whether an account serves everybody in the organization, or the person who connected it
       * @example organization
       * @enum {string}
       */
      scope: 'organization' | 'person';
      /**
       * @description The same as scope = organization
       * @example true
       */
      is_shared: boolean;
      /** @example nora@example.test */
      account_email: string | null;
      /** @example Nora Petit */
      account_name: string | null;
      /**
       * @description Since when it is in this state, where that is known
       * @example 2026-01-10T09:00:00.000Z
       */
      since: string | null;
      /**
       * @description When the state ends by itself, where that is known: the end of a rate limit
       * @example null
       */
      resumes_at: string | null;
      /** @example 2026-01-10T09:00:00.000Z */
      connected_at: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      last_synced_at: string | null;
      /**
       * @description Null while nothing is read by itself
       * @example 2026-01-16T16:00:00.000Z
       */
      next_sync_at: string | null;
      /**
       * @description Changes are pushed to us as they happen
       * @example false
       */
      is_real_time: boolean;
      /**
       * @description Until when the provider has promised that, where its promise ends; it is renewed before
       * @example null
       */
      real_time_until: string | null;
      counts: components['schemas']['ConnectionCountsDto'];
      /** @description Of the reading under way */
      progress: components['schemas']['SyncProgressDto'] | null;
      /**
       * @description The reading that waits for agreement, see /api/sync-runs/{id}/removals
       * @example null
       */
      approval_run_id: string | null;
      /**
       * @description Variables that the administrator of the server must set
       * @example []
       */
      missing_variables: string[];
      /**
       * @description To be registered at the provider, to the letter
       * @example https://crm.example/auth/calendly/callback
       */
      redirect_uri: string;
      settings: components['schemas']['ConnectionSettingsDto'];
      scopes: components['schemas']['ConnectionScopesDto'];
      access: components['schemas']['ConnectionAccessDto'];
      channel: components['schemas']['ConnectionChannelDto'];
      /** @description The last ten readings, newest first */
      last_runs: components['schemas']['SyncRunDto'][];
    };
    ConnectionSyncDto: {
      /** @example true */
      success: boolean;
      /**
       * @description The reading, see /api/sync-runs/{id}
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
    };
    ConnectionEndedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description Imported events that were erased
       * @example 0
       */
      erased_events: number;
    };
    WebhookDto: {
      /**
       * Format: uuid
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      id: string;
      /** @example https://crm.example/hooks/passerelle */
      url: string;
      /**
       * @example [
       *       "prospect.created",
       *       "booking.created"
       *     ]
       */
      events: (
        | 'prospect.created'
        | 'prospect.updated'
        | 'prospect.deleted'
        | 'booking.created'
        | 'booking.updated'
        | 'booking.moved'
        | 'booking.canceled'
        | 'booking.no_show'
        | 'connection.broken'
        | 'connection.recovered'
      )[];
      /** @example true */
      enabled: boolean;
      /**
       * @description Switched off by a person, after days of failures, or because it answered 410
       * @example null
       * @enum {string|null}
       */
      disabled_reason: 'person' | 'failing' | 'gone' | null;
      /**
       * Format: date-time
       * @example 2026-01-16T15:30:00.000Z
       */
      last_success_at: string | null;
      /**
       * Format: date-time
       * @description Since the first failure after the last success; five days of it disable the webhook
       * @example null
       */
      failing_since: string | null;
      /**
       * Format: date-time
       * @description Until then the former secret signs along
       * @example null
       */
      previous_secret_until: string | null;
      /**
       * Format: date-time
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-12T09:15:30.000Z
       */
      updated_at: string;
    };
    CreateWebhookDto: {
      /**
       * @description https, and public, unless this server is configured otherwise
       * @example https://crm.example/hooks/passerelle
       */
      url: string;
      /**
       * @example [
       *       "prospect.created",
       *       "booking.created"
       *     ]
       */
      events: (
        | 'prospect.created'
        | 'prospect.updated'
        | 'prospect.deleted'
        | 'booking.created'
        | 'booking.updated'
        | 'booking.moved'
        | 'booking.canceled'
        | 'booking.no_show'
        | 'connection.broken'
        | 'connection.recovered'
      )[];
      /**
       * @default true
       * @example true
       */
      enabled: boolean;
    };
    WebhookWithSecretDto: {
      /**
       * Format: uuid
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      id: string;
      /** @example https://crm.example/hooks/passerelle */
      url: string;
      /**
       * @example [
       *       "prospect.created",
       *       "booking.created"
       *     ]
       */
      events: (
        | 'prospect.created'
        | 'prospect.updated'
        | 'prospect.deleted'
        | 'booking.created'
        | 'booking.updated'
        | 'booking.moved'
        | 'booking.canceled'
        | 'booking.no_show'
        | 'connection.broken'
        | 'connection.recovered'
      )[];
      /** @example true */
      enabled: boolean;
      /**
       * @description Switched off by a person, after days of failures, or because it answered 410
       * @example null
       * @enum {string|null}
       */
      disabled_reason: 'person' | 'failing' | 'gone' | null;
      /**
       * Format: date-time
       * @example 2026-01-16T15:30:00.000Z
       */
      last_success_at: string | null;
      /**
       * Format: date-time
       * @description Since the first failure after the last success; five days of it disable the webhook
       * @example null
       */
      failing_since: string | null;
      /**
       * Format: date-time
       * @description Until then the former secret signs along
       * @example null
       */
      previous_secret_until: string | null;
      /**
       * Format: date-time
       * @example 2026-01-12T09:15:30.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-12T09:15:30.000Z
       */
      updated_at: string;
      /**
       * @description For the Standard Webhooks library on the other side. Shown here and never again
       * @example whsec_<shown once>
       */
      secret: string;
    };
    UpdateWebhookDto: {
      /** @example https://crm.example/hooks/passerelle */
      url?: string;
      /**
       * @example [
       *       "connection.broken",
       *       "connection.recovered"
       *     ]
       */
      events?: (
        | 'prospect.created'
        | 'prospect.updated'
        | 'prospect.deleted'
        | 'booking.created'
        | 'booking.updated'
        | 'booking.moved'
        | 'booking.canceled'
        | 'booking.no_show'
        | 'connection.broken'
        | 'connection.recovered'
      )[];
      /**
       * @description Off: nothing is sent, and what waits is given up
       * @example false
       */
      enabled?: boolean;
    };
    WebhookAttemptDto: {
      /** @example 1 */
      attempt: number;
      /**
       * Format: date-time
       * @example 2026-01-16T15:30:00.100Z
       */
      at: string;
      /** @example 87 */
      duration_ms: number;
      /** @example 200 */
      status: number | null;
      /** @example null */
      error: string | null;
    };
    WebhookDeliveryDetailDto: {
      /**
       * Format: uuid
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      id: string;
      /**
       * @description The webhook-id header: the same for every try
       * @example msg_0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      message_id: string;
      /** @example booking.created */
      event_type: string;
      /**
       * @description Messages of one subject are sent one after the other
       * @example prospect:0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77
       */
      subject: string;
      /**
       * @example sent
       * @enum {string}
       */
      state: 'pending' | 'sent' | 'failed';
      /** @example 1 */
      attempts: number;
      /**
       * @description Of the last answer; null when none came
       * @example 200
       */
      last_status: number | null;
      /**
       * @description `status`, `redirect`, `timeout`, `certificate`, `address-forbidden`, `disabled`, or the system’s word
       * @example null
       */
      last_error: string | null;
      /**
       * Format: date-time
       * @description While it is pending
       * @example null
       */
      next_try_at: string | null;
      /**
       * Format: date-time
       * @example 2026-01-16T15:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-16T15:30:00.100Z
       */
      done_at: string | null;
      /** @description In order */
      attempt_entries: components['schemas']['WebhookAttemptDto'][];
      /**
       * @description What is sent, to the letter
       * @example {
       *       "type": "prospect.deleted",
       *       "timestamp": "2026-01-16T15:30:00.000Z",
       *       "data": {
       *         "id": "0198f3c2"
       *       }
       *     }
       */
      payload: {
        [key: string]: unknown;
      };
    };
    WebhookDeliveryDto: {
      /**
       * Format: uuid
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      id: string;
      /**
       * @description The webhook-id header: the same for every try
       * @example msg_0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      message_id: string;
      /** @example booking.created */
      event_type: string;
      /**
       * @description Messages of one subject are sent one after the other
       * @example prospect:0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77
       */
      subject: string;
      /**
       * @example sent
       * @enum {string}
       */
      state: 'pending' | 'sent' | 'failed';
      /** @example 1 */
      attempts: number;
      /**
       * @description Of the last answer; null when none came
       * @example 200
       */
      last_status: number | null;
      /**
       * @description `status`, `redirect`, `timeout`, `certificate`, `address-forbidden`, `disabled`, or the system’s word
       * @example null
       */
      last_error: string | null;
      /**
       * Format: date-time
       * @description While it is pending
       * @example null
       */
      next_try_at: string | null;
      /**
       * Format: date-time
       * @example 2026-01-16T15:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-16T15:30:00.100Z
       */
      done_at: string | null;
    };
    FeaturesDto: {
      /**
       * @description Mails are sent; if not, they are kept to be looked at
       * @example false
       */
      mail: boolean;
      /**
       * @description Anybody may register an organization
       * @example true
       */
      registration_open: boolean;
      /**
       * @description The API is documented at /docs
       * @example true
       */
      docs: boolean;
    };
    MetaDto: {
      /** @example 0.1.0 */
      version: string;
      /**
       * @description Null when it is not known
       * @example 8fd1f2b0c5b6f0a9d3e4a1b2c3d4e5f607182930
       */
      commit: string | null;
      /**
       * @example development
       * @enum {string}
       */
      environment: 'development' | 'production';
      /**
       * @description At least one provider is a stand-in: nothing there is real
       * @example true
       */
      is_sandbox: boolean;
      /**
       * @description The page of the stand-ins
       * @example http://127.0.0.1:4010
       */
      sandbox_url: string | null;
      /**
       * @description The first is the default
       * @example [
       *       "fr",
       *       "en"
       *     ]
       */
      locales: string[];
      features: components['schemas']['FeaturesDto'];
    };
    ProviderAddressDto: {
      /**
       * @description The provider
       * @example calendly
       */
      provider: string;
      /**
       * @description Its name for people
       * @example Calendly
       */
      name: string;
      /**
       * @description Whether its variables are set
       * @example true
       */
      configured: boolean;
      /**
       * @description Variables that are not set
       * @example []
       */
      missing_variables: string[];
      /**
       * @description To be registered there as the redirect address, to the letter
       * @example https://crm.example/auth/calendly/callback
       */
      redirect_uri: string;
      /**
       * @description Where its webhooks come in, followed by a token for each connection
       * @example https://crm.example/api/calendly/webhook
       */
      webhook_url: string | null;
      /**
       * @description Whether it answers this server; null when it was not asked, because it is not configured
       * @example true
       */
      reachable: boolean | null;
    };
    BilingualDto: {
      /**
       * @description In French
       * @example Le serveur de courriel refuse l’identification.
       */
      fr: string;
      /**
       * @description In English
       * @example The mail server refuses the login.
       */
      en: string;
    };
    FindingDto: {
      /**
       * @description A stable word for what is wrong
       * @example mail/login-refused
       */
      code: string;
      /**
       * @description How bad it is
       * @example error
       * @enum {string}
       */
      severity: 'error' | 'warning' | 'info';
      /** @description What it comes from, in one sentence */
      cause: components['schemas']['BilingualDto'];
      /** @description What to do about it, in one sentence */
      repair: components['schemas']['BilingualDto'];
    };
    QueueDto: {
      /**
       * @description Processes that work
       * @example 1
       */
      workers: number;
      /**
       * @description Jobs that could run now
       * @example 0
       */
      waiting: number;
      /**
       * @description How long the oldest of them has waited, in minutes
       * @example 0
       */
      oldest_minutes: number;
      /**
       * @description Work of the organization that was given up and waits for somebody
       * @example 0
       */
      parked: number;
    };
    DiagnosisDto: {
      /**
       * @description The worst that was found
       * @example healthy
       * @enum {string}
       */
      status: 'healthy' | 'error' | 'warning' | 'info';
      /** @description What must stand at each provider */
      addresses: components['schemas']['ProviderAddressDto'][];
      /** @description What is wrong, the worst first; empty when all is well */
      findings: components['schemas']['FindingDto'][];
      /** @description The work in the background; null without a database */
      queue: components['schemas']['QueueDto'] | null;
    };
    GestureDto: {
      /**
       * @description Which service is imitated
       * @example calendly
       */
      stand_in: string;
      /**
       * @description What somebody does there, or what goes wrong there
       * @example book
       */
      gesture: string;
    };
    AuthUrlDto: {
      /** @example https://auth.calendly.com/oauth/authorize?client_id=… */
      authUrl: string;
      /** @example q8Jd0… */
      state: string;
    };
    ConnectCallbackDto: {
      /**
       * @description The authorization code; absent when access was denied
       * @example c2f1d0…
       */
      code?: string;
      /**
       * @description The state that auth-url answered
       * @example qJ3v…
       */
      state?: string;
      /**
       * @description Compared with the session’s organization, never used in its place
       * @example 0198b7a2-6c1e-7d7a-9f10-2b8f6f0c1a11
       */
      organizationId?: string;
      /**
       * @description Compared with the configured redirect address, never used in its place
       * @example https://app.example.com/auth/calendly/callback
       */
      redirectUri?: string;
      /**
       * @description The provider’s word when there is no code
       * @example access_denied
       */
      error?: string;
      /**
       * @description Accepted and not used
       * @example The user denied access
       */
      error_description?: string;
      /**
       * @description Who answered, where the provider says so
       * @example https://accounts.google.com
       */
      iss?: string;
      /**
       * @description Accepted and not used: the token answer says what was granted
       * @example openid email
       */
      scope?: string;
    };
    CalendlyConnectedDto: {
      /** @example true */
      success: boolean;
      /** @example Calendly connected successfully */
      message: string;
      /** @example nora@example.test */
      email: string;
    };
    CalendlyStatusDto: {
      /** @example true */
      connected: boolean;
      /**
       * @description False: bookings are not taken in until it is switched on again
       * @example true
       */
      enabled: boolean;
      /**
       * @example connected
       * @enum {string}
       */
      status: 'connected' | 'needs_reauth' | 'error' | 'disconnected' | 'not_configured';
      /**
       * @description Cause and repair, in the language of Accept-Language
       * @example L’abonnement Calendly ne comprend pas les webhooks. Le compte est lu à intervalles réguliers.
       */
      status_reason: string | null;
      /**
       * @description The reason as one stable word
       * @example plan
       */
      status_code: string | null;
      /** @example simple */
      mode: string;
      /** @example nora@example.test */
      email: string | null;
      /** @example Nora Petit */
      user_name: string | null;
      /** @example https://api.calendly.com/users/U1 */
      user_uri: string | null;
      /** @example https://calendly.com/nora-petit */
      calendly_link: string | null;
      /** @example true */
      auto_sync_enabled: boolean;
      /** @example 30 */
      sync_interval_minutes: number;
      /**
       * @description Days of the past that an import takes over
       * @example 30
       */
      import_days: number;
      /** @example 2026-01-16T15:30:00.000Z */
      last_synced_at: string | null;
      /** @example 2026-01-16T16:00:00.000Z */
      next_sync_at: string | null;
      /** @example true */
      webhook_active: boolean;
      /**
       * @example webhook
       * @enum {string}
       */
      delivery_mode: 'webhook' | 'polling';
    };
    CalendlySettingsDto: {
      /**
       * @description Takes bookings in, or pauses
       * @example true
       */
      enabled?: boolean;
      /**
       * @description Reads the account at regular intervals
       * @example true
       */
      auto_sync_enabled?: boolean;
      /** @example 30 */
      sync_interval_minutes?: number;
      /** @example https://calendly.com/nora-petit */
      calendly_link?: string | null;
      /**
       * @description Days of the past that an import takes over
       * @example 90
       * @enum {number}
       */
      import_days?: 0 | 30 | 90 | 365;
    };
    SyncFinishedDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example calendly */
      provider: string;
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /**
       * @example manual
       * @enum {string}
       */
      trigger: 'initial' | 'backfill' | 'schedule' | 'manual' | 'recovery' | 'push' | 'approval';
      /**
       * @example succeeded
       * @enum {string}
       */
      state: 'queued' | 'running' | 'succeeded' | 'failed' | 'needs_approval' | 'canceled';
      /**
       * @description full: everything was read and compared
       * @example changes
       * @enum {string}
       */
      mode: 'changes' | 'full';
      /**
       * @description Why everything was read; null when only changes were
       * @example null
       * @enum {string|null}
       */
      full_reason:
        | 'first_import'
        | 'cursor_expired'
        | 'window_aged'
        | 'page_expired'
        | 'requested'
        | 'calendar_changed'
        | 'recovery'
        | 'daily_check'
        | null;
      /** @description What it came to so far */
      counts: components['schemas']['SyncCountsDto'];
      /** @description While it is queued or running */
      progress: components['schemas']['SyncProgressDto'] | null;
      /**
       * @description Calls made to the provider
       * @example 7
       */
      provider_calls: number;
      /**
       * @description A stable word when the run failed
       * @example null
       */
      error_code: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      created_at: string;
      /** @example 2026-01-16T15:30:00.100Z */
      started_at: string | null;
      /** @example 2026-01-16T15:30:02.400Z */
      finished_at: string | null;
      /**
       * @description Whether it succeeded
       * @example true
       */
      success: boolean;
      /**
       * @description The same as `id`
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
    };
    SyncAcceptedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description See GET /api/sync-runs/{id}
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
    };
    CalendlyEventDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      id: string;
      /** @example https://api.calendly.com/scheduled_events/E1 */
      calendly_event_uri: string;
      /** @example https://api.calendly.com/event_types/T1 */
      calendly_event_type: string | null;
      /** @example Découverte 30min */
      event_name: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      event_start_time: string;
      /** @example 2026-01-16T16:00:00.000Z */
      event_end_time: string;
      /**
       * @example active
       * @enum {string}
       */
      event_status: 'active' | 'canceled' | 'rescheduled' | 'no_show';
      /** @example https://meet.example.test/abc */
      location: string | null;
      /** @example John Doe */
      invitee_name: string;
      /** @example john.doe@example.test */
      invitee_email: string | null;
      /** @example Europe/Paris */
      invitee_timezone: string | null;
      /** @example https://api.calendly.com/scheduled_events/E1/invitees/I1 */
      invitee_uri: string;
      /**
       * @description In the order of the form
       * @example [
       *       {
       *         "question": "Votre projet ?",
       *         "answer": "Refaire le site",
       *         "position": 0
       *       }
       *     ]
       */
      invitee_questions: {
        question: string;
        answer: string;
        position: number;
      }[];
      /**
       * @example {
       *       "utm_source": "newsletter",
       *       "utm_campaign": null
       *     }
       */
      tracking: {
        [key: string]: string | null;
      };
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      prospect_id: string | null;
      /** @example 0198f3c2-5f00-7aa0-8d0e-7a3c1c1f2b77 */
      integration_id: string;
      /** @example 2026-01-10T09:00:00.000Z */
      created_at: string;
      /** @example 2026-01-10T09:00:00.000Z */
      updated_at: string;
    };
    ReceivedDto: {
      /** @example true */
      received: boolean;
    };
    ConnectCalComDto: {
      /**
       * @description In the mode apikey: a key made in Cal.com’s settings
       * @example cal_live_…
       */
      apiKey?: string;
    };
    CalComConnectionDto: {
      /** @example true */
      connected: boolean;
      /**
       * @description In the mode oauth: the consent page, to open in the browser
       * @example null
       */
      authUrl: string | null;
    };
    CalComConnectedDto: {
      /** @example true */
      success: boolean;
      data: components['schemas']['CalComConnectionDto'];
    };
    AuthUrlDataDto: {
      /**
       * @description To open in the browser
       * @example https://accounts.google.com/o/oauth2/v2/auth?…
       */
      authUrl: string;
    };
    CalComAuthUrlDto: {
      /** @example true */
      success: boolean;
      data: components['schemas']['AuthUrlDataDto'];
    };
    SaveCredentialsDto: {
      /**
       * @example google
       * @enum {string}
       */
      type: 'google' | 'office365';
      /**
       * @description Of a consent page, where there was one
       * @example 4/0Ab…
       */
      code?: string;
      /** @example q8Jd0… */
      state?: string;
    };
    LinkedDataDto: {
      /** @example google */
      type: string;
      /** @example true */
      connected: boolean;
    };
    CalComLinkedDto: {
      /** @example true */
      success: boolean;
      data: components['schemas']['LinkedDataDto'];
    };
    SyncCredentialsDto: {
      /**
       * @example google
       * @enum {string}
       */
      calendarType: 'google' | 'office365';
    };
    CalComSuccessDto: {
      /** @example true */
      success: boolean;
    };
    CalComCalendarDto: {
      /**
       * @description Cal.com’s number of the consent
       * @example 135
       */
      credential_id: number;
      /** @example google_calendar */
      integration: string;
      /**
       * @description The address, or the kind where no address is known
       * @example nora@example.test
       */
      name: string;
      /**
       * @example connected
       * @enum {string}
       */
      status: 'connected' | 'error';
      /**
       * @description What to do, where something is to be done
       * @example null
       */
      status_reason: string | null;
      /**
       * @description Whether new bookings are written into one of its calendars
       * @example true
       */
      is_destination: boolean;
      /**
       * @example [
       *       {
       *         "external_id": "nora@example.test",
       *         "name": "Nora",
       *         "primary": true,
       *         "read_only": false,
       *         "selected": true
       *       }
       *     ]
       */
      calendars: {
        external_id: string;
        name: string;
        primary: boolean;
        read_only: boolean;
        selected: boolean;
      }[];
    };
    ModeLimitDto: {
      /** @example atoms */
      feature: string;
      /** @example The React atoms of Cal.com need a managed user, hence the platform mode. */
      reason: string;
    };
    CalComStatusDto: {
      /**
       * @description Whether at least one calendar is linked and works
       * @example true
       */
      hasConnectedCalendars: boolean;
      calendars: components['schemas']['CalComCalendarDto'][];
      /**
       * @description How this server connects accounts
       * @example platform
       * @enum {string}
       */
      mode: 'platform' | 'oauth' | 'apikey';
      /** @description What is not possible in this mode, and why */
      mode_limits: components['schemas']['ModeLimitDto'][];
      /** @example true */
      connected: boolean;
      /**
       * @description How the present connection was made: another way than `mode` when that was changed since
       * @example platform
       * @enum {string|null}
       */
      connection_mode: 'platform' | 'oauth' | 'apikey' | null;
      /**
       * @example connected
       * @enum {string}
       */
      status: 'connected' | 'needs_reauth' | 'error' | 'disconnected' | 'not_configured';
      /**
       * @description Cause and repair, in a sentence
       * @example null
       */
      status_reason: string | null;
      /** @example nora@example.test */
      email: string | null;
      /** @example 2026-01-16T15:30:00.000Z */
      last_synced_at: string | null;
      /** @example true */
      webhook_active: boolean;
      /**
       * @example webhook
       * @enum {string}
       */
      delivery_mode: 'webhook' | 'polling';
    };
    CalComStatusAnswerDto: {
      /** @example true */
      success: boolean;
      data: components['schemas']['CalComStatusDto'];
    };
    BusyTimeDto: {
      /** @example 2026-01-16T15:30:00.000Z */
      start: string;
      /** @example 2026-01-16T16:00:00.000Z */
      end: string;
      /**
       * @description The calendar
       * @example nora@example.test
       */
      source: string | null;
    };
    BusyTimesDto: {
      /** @example true */
      success: boolean;
      data: components['schemas']['BusyTimeDto'][];
    };
    DestinationDto: {
      /** @example google_calendar */
      integration: string;
      /**
       * @description One of those that GET /api/cal/calendars/status shows
       * @example nora@example.test
       */
      externalId: string;
    };
    AtomsDataDto: {
      /** @example clx0abc123 */
      clientId: string;
      /**
       * @description For `options.apiUrl` of CalProvider
       * @example https://api.cal.com/v2
       */
      apiUrl: string;
      /**
       * @description For `options.refreshUrl`
       * @example https://crm.example/api/cal/refresh
       */
      refreshUrl: string;
      /**
       * @description Of the person’s managed user, for an hour
       * @example eyJhbGciOi…
       */
      accessToken: string;
    };
    AtomsDto: {
      /** @example true */
      success: boolean;
      data: components['schemas']['AtomsDataDto'];
    };
    CalComSyncAcceptedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description See GET /api/sync-runs/{id}
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
    };
    RefreshedTokenDto: {
      /** @example eyJhbGciOi… */
      accessToken: string;
    };
    GoogleAuthUrlDto: {
      /** @example https://accounts.google.com/o/oauth2/v2/auth?client_id=… */
      authUrl: string;
      /** @example q8Jd0… */
      state: string;
    };
    GoogleConnectedDto: {
      /** @example true */
      success: boolean;
      /** @example camille@example.test */
      email: string;
    };
    GoogleImportFinishedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description See GET /api/sync-runs/{id}
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
      /**
       * @description With success false: nothing was removed yet, somebody has to look at what would be
       * @example needs_approval
       */
      state?: string;
      /**
       * @description Events that were not known here
       * @example 42
       */
      imported: number;
      /**
       * @description Events that have changed
       * @example 3
       */
      updated: number;
      /**
       * @description Events that are no longer in the calendar
       * @example 1
       */
      removed: number;
    };
    GoogleImportStartedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description See GET /api/sync-runs/{id}
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
      /**
       * @description With success false: nothing was removed yet, somebody has to look at what would be
       * @example needs_approval
       */
      state?: string;
    };
    ExportFormationDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      formationId: string;
    };
    ExportedSessionDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      session_id: string;
      /**
       * @description Null as long as it is not written
       * @example 7f3c9a0b1d2e4f5a8b6c7d8e9f001122
       */
      event_id: string | null;
      /** @example https://www.google.com/calendar/event?eid=… */
      html_link: string | null;
      /**
       * @example synced
       * @enum {string}
       */
      state: 'pending' | 'synced' | 'removing' | 'removed' | 'refused' | 'failed';
    };
    FormationExportedDto: {
      /** @example true */
      success: boolean;
      /** @description One for each date and each calendar */
      exports: components['schemas']['ExportedSessionDto'][];
    };
    OutlookAuthUrlDto: {
      /** @example https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=… */
      authUrl: string;
      /** @example q8Jd0… */
      state: string;
    };
    OutlookConnectedDto: {
      /** @example true */
      success: boolean;
      /** @example dominique@example.test */
      email: string;
    };
    OutlookImportFinishedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description See GET /api/sync-runs/{id}
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
      /**
       * @description With success false: nothing was removed yet, somebody has to look at what would be
       * @example needs_approval
       */
      state?: string;
      /**
       * @description Events that were not known here
       * @example 42
       */
      imported: number;
      /**
       * @description Events that have changed
       * @example 3
       */
      updated: number;
      /**
       * @description Events that are no longer in the calendar
       * @example 1
       */
      removed: number;
    };
    OutlookImportStartedDto: {
      /** @example true */
      success: boolean;
      /**
       * @description See GET /api/sync-runs/{id}
       * @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f
       */
      run_id: string;
      /**
       * @description With success false: nothing was removed yet, somebody has to look at what would be
       * @example needs_approval
       */
      state?: string;
    };
    OutlookExportDto: {
      /** @example 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f */
      formationId: string;
    };
    OutlookExportedSessionDto: {
      /** @example 0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b77 */
      session_id: string;
      /**
       * @description Null as long as it is not written
       * @example AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A
       */
      event_id: string | null;
      /** @example https://outlook.office365.com/owa/?itemid=… */
      html_link: string | null;
      /**
       * @example synced
       * @enum {string}
       */
      state: 'pending' | 'synced' | 'removing' | 'removed' | 'refused' | 'failed';
    };
    OutlookFormationExportedDto: {
      /** @example true */
      success: boolean;
      /** @description One for each date and each calendar */
      exports: components['schemas']['OutlookExportedSessionDto'][];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  HealthController_live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LiveDto'];
        };
      };
    };
  };
  HealthController_ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every part with its state */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadyDto'];
        };
      };
      /** @description `storage/unavailable` Storage is unavailable for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  AuthController_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       *     `account/password-common` This password is too common
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `account/registration-closed` Registration is closed
       *     `account/password-login-off` Sign in through the host application
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/email-taken` This e-mail address already has an account */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `account/too-many-attempts` Too many attempts: try again later
       *     `account/busy` Too many sign-ins at once: try again in a moment
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  AuthController_logIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LoginDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/credentials-invalid` Wrong e-mail address or password */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/password-login-off` Sign in through the host application */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `account/too-many-attempts` Too many attempts: try again later
       *     `account/busy` Too many sign-ins at once: try again in a moment
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  AuthController_refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefreshDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokensDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/refresh-token-invalid` The refresh token is invalid or already used */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/password-login-off` Sign in through the host application */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/refresh-raced` Another request is renewing this session at the same moment */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  AuthController_logOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SuccessDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/keys-unavailable` The keys of the host application cannot be reached for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  AuthController_changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SuccessDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       *     `account/password-wrong` The current password is wrong
       *     `account/password-unchanged` The new password is the same as the current one
       *     `account/password-common` This password is too common
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/password-login-off` Sign in through the host application */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/password-not-used` You sign in through the host application, without a password here */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `account/too-many-attempts` Too many attempts: try again later
       *     `account/busy` Too many sign-ins at once: try again in a moment
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/keys-unavailable` The keys of the host application cannot be reached for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  AuthController_me: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/keys-unavailable` The keys of the host application cannot be reached for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrganizationController_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrganizationDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OrganizationController_patch: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateOrganizationDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrganizationDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MembersController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MembersController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `member/not-found` Member not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `member/last-owner` An organization keeps at least one owner */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MembersController_changeRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeRoleDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `member/not-found` Member not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `member/last-owner` An organization keeps at least one owner */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  NotificationsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        /** @description The newest notification the client has: answers what was told after it, oldest first, skipping nothing */
        after?: string;
        /** @description Only what the caller has not read */
        unread?: boolean;
        /** @description Only what is about this */
        kind?:
          | 'booking_created'
          | 'booking_moved'
          | 'booking_canceled'
          | 'booking_no_show'
          | 'connection_broken'
          | 'connection_recovered'
          | 'import_finished'
          | 'sync_needs_approval'
          | 'dead_letters'
          | 'other';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `notification/not-found` Notification not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  NotificationsController_listGroups: {
    parameters: {
      query?: {
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationGroupDto'][];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  NotificationsController_countUnread: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UnreadCountDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  NotificationsController_markAllRead: {
    parameters: {
      query?: {
        /** @description Only what is about this */
        kind?:
          | 'booking_created'
          | 'booking_moved'
          | 'booking_canceled'
          | 'booking_no_show'
          | 'connection_broken'
          | 'connection_recovered'
          | 'import_finished'
          | 'sync_needs_approval'
          | 'dead_letters'
          | 'other';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AllReadDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  NotificationsController_markRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `notification/not-found` Notification not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  NotificationPreferencesController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationPreferenceDto'][];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  NotificationPreferencesController_replace: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdatePreferencesDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationPreferenceDto'][];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MailSettingsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailSettingsDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MailSettingsController_patch: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateMailSettingsDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailSettingsDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MailsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        state?: 'queued' | 'sent' | 'bounced' | 'failed' | 'not_sent';
        /** @description Only what was written about this booking */
        booking_id?: string;
        /** @description Only what was written about this notification */
        notification_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MailsController_get: {
    parameters: {
      query?: {
        /** @description The language of the preview; that of the mail itself when not given */
        locale?: 'fr' | 'en';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `mail/not-found` Mail not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  MailsController_resend: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `mail/not-found` Mail not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `mail/not-resendable` This mail has already been sent or is still waiting to be
       *     `mail/content-gone` The content of this mail is no longer kept
       *     `mail/server-missing` This server has nowhere to send mail: its administrator must set SMTP_URL and MAIL_FROM
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ProspectsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        /** @description Part of a name, an e-mail address or a phone number */
        search?: string;
        /** @description Only those who came from there */
        source?: string;
        /** @description Only those with this status */
        status?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProspectDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ProspectsController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateProspectDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProspectDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       *     `prospect/unrecognisable` A prospect has at least a name, an e-mail address or a phone number
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `prospect/email-taken` A prospect already has this e-mail address */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ProspectsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProspectDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `prospect/not-found` Prospect not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ProspectsController_replace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateProspectDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProspectDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       *     `prospect/unrecognisable` A prospect has at least a name, an e-mail address or a phone number
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `prospect/not-found` Prospect not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `prospect/email-taken` A prospect already has this e-mail address */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ProspectsController_erase: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `prospect/not-found` Prospect not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ProspectsController_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateProspectDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProspectDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       *     `prospect/unrecognisable` A prospect has at least a name, an e-mail address or a phone number
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `prospect/not-found` Prospect not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `prospect/email-taken` A prospect already has this e-mail address */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        /** @description Part of the title, of the place, or of a participant’s name or address */
        search?: string;
        status?: 'draft' | 'confirmed' | 'cancelled';
        /** @description With a session that ends after this instant; a day means its beginning in UTC */
        from?: string;
        /** @description With a session that begins before this instant: together with `from`, one session that does both */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationSummaryDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationsController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateFormationDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationDetailDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation-participant/email-taken` A participant of the formation already has this e-mail address */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/reference-unknown` The request names a session or a participant that the formation does not have
       *     `formation-session/local-time-skipped` This local time does not exist: clocks skip it when they change
       */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationsController_replace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplaceFormationDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationDetailDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation-participant/email-taken` A participant of the formation already has this e-mail address */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/reference-unknown` The request names a session or a participant that the formation does not have
       *     `formation-session/local-time-skipped` This local time does not exist: clocks skip it when they change
       */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationsController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationsController_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateFormationDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationDetailDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationsController_getCalendar: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description iCalendar */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/calendar': string;
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationSessionsController_add: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateFormationSessionDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationSessionDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/too-many-sessions` A formation has at most 200 sessions */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/reference-unknown` The request names a session or a participant that the formation does not have
       *     `formation-session/local-time-skipped` This local time does not exist: clocks skip it when they change
       */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationSessionsController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/not-found` Formation not found
       *     `formation-session/not-found` Session of the formation not found
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationSessionsController_change: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateFormationSessionDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationSessionDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/not-found` Formation not found
       *     `formation-session/not-found` Session of the formation not found
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/reference-unknown` The request names a session or a participant that the formation does not have
       *     `formation-session/local-time-skipped` This local time does not exist: clocks skip it when they change
       */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationParticipantsController_add: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateFormationParticipantDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationParticipantDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation-participant/email-taken` A participant of the formation already has this e-mail address
       *     `formation/too-many-participants` A formation has at most 500 participants
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationParticipantsController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        participantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/not-found` Formation not found
       *     `formation-participant/not-found` Participant not found
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  FormationParticipantsController_change: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        participantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateFormationParticipantDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationParticipantDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-yours` Only administrators and whoever created the formation may change it */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/not-found` Formation not found
       *     `formation-participant/not-found` Participant not found
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation-participant/email-taken` A participant of the formation already has this e-mail address */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  BookingsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        /** @description Starting at this instant or later */
        from?: string;
        /** @description Starting before this instant */
        to?: string;
        /** @description Booked or changed here after this instant: what a client that was away has missed */
        after?: string;
        status?: 'active' | 'canceled' | 'rescheduled' | 'no_show';
        /** @description Only those that came from there */
        provider?: string;
        /** @description Part of what was booked, or of the invitee’s name or e-mail address */
        search?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BookingDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  BookingsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BookingDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `booking/not-found` Booking not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendarsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendarAccountDto'][];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendarsController_patchSettings: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        type: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PatchCalendarSettingsDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendarAccountDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/type-unknown` Unknown kind of calendar */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/not-connected` No calendar of this kind is connected */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/unknown` This calendar does not exist in the connected account, or cannot be written to */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendarsController_disconnect: {
    parameters: {
      query?: {
        /** @description What becomes of imported events */
        data?: 'keep' | 'erase';
      };
      header?: never;
      path: {
        type: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendarDisconnectedDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/type-unknown` Unknown kind of calendar */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendarsController_listChoices: {
    parameters: {
      query?: {
        /** @description google or outlook */
        type?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendarChoiceDto'][];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/type-unknown` Unknown kind of calendar */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/not-connected` No calendar of this kind is connected */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendarsController_listEvents: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        /** @description Ending after this instant */
        from?: string;
        /** @description Beginning before this instant */
        to?: string;
        /** @description google or outlook */
        type?: string;
        /** @description Without it: everything that is not cancelled */
        status?: 'confirmed' | 'tentative' | 'cancelled';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendarEventDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/type-unknown` Unknown kind of calendar */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendarsController_listConflicts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CopyConflictDto'][];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendarsController_resolve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResolveConflictDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `calendar/conflict-not-found` Conflict not found or already resolved */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  SyncController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        provider?: string;
        state?: 'queued' | 'running' | 'succeeded' | 'failed' | 'needs_approval' | 'canceled';
        trigger?: 'initial' | 'backfill' | 'schedule' | 'manual' | 'recovery' | 'push' | 'approval';
        integration_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncRunDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  SyncController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncRunDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sync-run/not-found` Synchronisation run not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  SyncApprovalsController_listRemovals: {
    parameters: {
      query?: {
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RemovalDto'][];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sync-run/not-found` Synchronisation run not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sync-run/not-awaiting` This synchronisation run does not wait for approval */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  SyncApprovalsController_approve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncRunDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sync-run/not-found` Synchronisation run not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sync-run/not-awaiting` This synchronisation run does not wait for approval */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  SyncApprovalsController_reject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncRunDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sync-run/not-found` Synchronisation run not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sync-run/not-awaiting` This synchronisation run does not wait for approval */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        provider?: string;
        state?: 'received' | 'processed' | 'ignored' | 'dead' | 'rejected';
        error_code?: string;
        /** @description Received at this instant or later */
        since?: string;
        /** @description Received before this instant */
        until?: string;
        /** @description Of whoever booked; found through the booking that a delivery led to */
        email?: string;
        booking_id?: string;
        integration_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_listReplays: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayRunDto'][];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_getReplay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayRunDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/replay-not-found` Replay not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_cancelReplay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayRunDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/replay-not-found` Replay not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/not-found` Delivery not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_getBody: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryBodyDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/not-found` Delivery not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/body-gone` The body of this delivery is no longer kept */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_planReplay: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplayDeliveriesDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayPlanDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_replayMany: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplayDeliveriesDto'];
      };
    };
    responses: {
      /** @description They are being worked through, oldest first */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BegunReplayDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_recheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecheckedDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/not-found` Delivery not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `delivery/not-rejected` This delivery is not refused: there is nothing to check again
       *     `delivery/evidence-gone` What was sent is not kept: its signature cannot be checked any more
       *     `delivery/connection-ended` The connection is no longer active: connect the account again, then check once more
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeliveriesController_replay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/not-found` Delivery not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `delivery/body-gone` The body of this delivery is no longer kept
       *     `delivery/rejected` This delivery was refused: it is not replayed, its signature can be checked again
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeadLettersController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        state?: 'parked' | 'replayed' | 'discarded';
        task?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadLetterDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeadLettersController_replayMany: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplayDeadLettersDto'];
      };
    };
    responses: {
      /** @description They are being worked through, oldest first */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayedDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeadLettersController_replay: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadLetterActionDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `dead-letter/not-found` Dead letter not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `dead-letter/task-unknown` This version no longer runs this task */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DeadLettersController_discard: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadLetterActionDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `dead-letter/not-found` Dead letter not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ConnectionsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionDto'][];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ConnectionsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ConnectionsController_pause: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ConnectionsController_resume: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ConnectionsController_sync: {
    parameters: {
      query?: {
        /** @description full: everything is read and compared again, wherever former readings stopped */
        mode?: 'changes' | 'full';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionSyncDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/reauthorize` Access to the account has ended: it must be reconnected */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ConnectionsController_disconnect: {
    parameters: {
      query?: {
        /** @description What becomes of imported calendar events. Appointments and prospects always stay */
        data?: 'keep' | 'erase';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionEndedDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhooksController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDto'][];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhooksController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateWebhookDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookWithSecretDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       *     `webhook/url-refused` This address cannot receive webhooks
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/limit-reached` An organization may have only so many webhooks */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhooksController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/not-found` Webhook not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhooksController_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/not-found` Webhook not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhooksController_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateWebhookDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDto'];
        };
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       *     `webhook/url-refused` This address cannot receive webhooks
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/not-found` Webhook not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhooksController_rotateSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookWithSecretDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/not-found` Webhook not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDeliveriesController_test: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/not-found` Webhook not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDeliveriesController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        state?: 'pending' | 'sent' | 'failed';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/not-found` Webhook not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDeliveriesController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `webhook/not-found` Webhook not found
       *     `webhook/delivery-not-found` Webhook delivery not found
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  WebhookDeliveriesController_resend: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryDetailDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `webhook/not-found` Webhook not found
       *     `webhook/delivery-not-found` Webhook delivery not found
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `webhook/disabled` This webhook is disabled */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  AboutController_describe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MetaDto'];
        };
      };
      /** @description `server/unexpected` An unexpected error occurred */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  DoctorController_examine: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DiagnosisDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  StandInsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GestureDto'][];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sandbox/unreachable` The sandbox does not answer */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  StandInsController_make: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['GestureDto'];
      };
    };
    responses: {
      /** @description Done; what follows from it comes as from the real service */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * @description `request/body-malformed` The request body is not readable JSON
       *     `request/invalid` The request is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/required` A session is required
       *     `session/invalid` The session is invalid or has ended
       */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `account/role-required` Your role does not allow this action */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `sandbox/not-running` This server has no sandbox
       *     `sandbox/gesture-unknown` The sandbox cannot do that
       */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sandbox/nothing-there` There is nothing yet to do it to */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `sandbox/unreachable` The sandbox does not answer */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyController_authUrl: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuthUrlDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/not-configured` This provider is not configured on this server */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `oauth/too-many-starts` Too many connection requests within a minute */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyController_callback: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectCallbackDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendlyConnectedDto'];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `oauth/state-missing` The “state” parameter is missing: start the connection again from the application
       *     `oauth/state-invalid` This connection request has expired, was used already or is not yours: start again
       *     `oauth/code-invalid` The authorization code is missing or unreadable
       *     `oauth/redirect-mismatch` The redirect address is not the one of the connection request
       *     `oauth/issuer-mismatch` This answer comes from another provider than the one asked
       *     `oauth/denied` Access was denied on the provider’s page
       *     `provider/code-refused` The provider refused the authorization code
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/missing` This action needs an open session
       *     `oauth/organization-mismatch` This organization is not yours
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/not-configured` This provider is not configured on this server
       *     `provider/scope-missing` Permissions that are needed were not granted
       *     `provider/forbidden` The provider forbids this to the account
       *     `provider/plan` The plan of this account does not include this feature
       *     `provider/misconfigured` The provider does not recognise the application as configured
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/access-refused` The provider does not accept the token it has just issued
       *     `provider/rate-limited` The provider limits the number of requests
       *     `provider/unavailable` The provider is unavailable for the moment
       *     `provider/contract` The provider’s answer is not what its documentation promises
       *     `provider/unexpected` The provider answered in an unforeseen way
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyController_status: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendlyStatusDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyController_patchSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CalendlySettingsDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendlyStatusDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyController_sync: {
    parameters: {
      query?: {
        /** @description true: answer 200 with the finished run */
        wait?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description With wait=true, when the run ended in time */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncFinishedDto'];
        };
      };
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SyncAcceptedDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyController_events: {
    parameters: {
      query?: {
        limit?: number;
        /** @description Opaque; taken from the Link header of the previous page */
        cursor?: string;
        /** @description Starting at this instant or later */
        from?: string;
        /** @description Starting before this instant */
        to?: string;
        status?: 'active' | 'canceled' | 'rescheduled' | 'no_show';
        invitee_email?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalendlyEventDto'][];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/cursor-invalid` The paging cursor is invalid
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyController_disconnect: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SuccessDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyWebhookController_receive: {
    parameters: {
      query?: never;
      header?: {
        'Calendly-Webhook-Signature'?: string;
      };
      path: {
        token: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Kept; the same for a repetition */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedDto'];
        };
      };
      /** @description `delivery/signature-invalid` The delivery’s signature is missing, stale or wrong */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/address-unknown` No connection receives deliveries at this address */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request/body-too-large` The request body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `storage/unavailable` Storage is unavailable for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalendlyWebhookController_receiveShared: {
    parameters: {
      query?: never;
      header?: {
        'Calendly-Webhook-Signature'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Kept; the same for a repetition */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedDto'];
        };
      };
      /** @description `delivery/signature-invalid` The delivery’s signature is missing, stale or wrong */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/address-unknown` No connection receives deliveries at this address */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request/body-too-large` The request body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `delivery/not-configured` No signing key is configured
       *     `storage/unavailable` Storage is unavailable for the moment
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_connect: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectCalComDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComConnectedDto'];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `cal-com/api-key-missing` The Cal.com API key is missing
       *     `cal-com/api-key-refused` Cal.com does not recognise this API key
       *     `oauth/state-missing` The “state” parameter is missing: start the connection again from the application
       *     `oauth/state-invalid` This connection request has expired, was used already or is not yours: start again
       *     `oauth/code-invalid` The authorization code is missing or unreadable
       *     `oauth/redirect-mismatch` The redirect address is not the one of the connection request
       *     `oauth/issuer-mismatch` This answer comes from another provider than the one asked
       *     `oauth/denied` Access was denied on the provider’s page
       *     `provider/code-refused` The provider refused the authorization code
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `account/role-required` Your role does not allow this action
       *     `oauth/organization-mismatch` This organization is not yours
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/not-configured` This provider is not configured on this server
       *     `provider/scope-missing` Permissions that are needed were not granted
       *     `provider/forbidden` The provider forbids this to the account
       *     `provider/plan` The plan of this account does not include this feature
       *     `provider/misconfigured` The provider does not recognise the application as configured
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `oauth/too-many-starts` Too many connection requests within a minute */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/access-refused` The provider does not accept the token it has just issued
       *     `provider/rate-limited` The provider limits the number of requests
       *     `provider/unavailable` The provider is unavailable for the moment
       *     `provider/contract` The provider’s answer is not what its documentation promises
       *     `provider/unexpected` The provider answered in an unforeseen way
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_calendarUrl: {
    parameters: {
      query: {
        type: 'google' | 'office365';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComAuthUrlDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/not-configured` This provider is not configured on this server
       *     `cal-com/not-connected` No Cal.com account is connected
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `oauth/too-many-starts` Too many connection requests within a minute */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unexpected` The provider answered in an unforeseen way
       *     `provider/unavailable` The provider is unavailable for the moment
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_saveByAddress: {
    parameters: {
      query: {
        type: 'google' | 'office365';
        /** @description Of a consent page, where there was one */
        code?: string;
        state?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComLinkedDto'];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `oauth/state-invalid` This connection request has expired, was used already or is not yours: start again
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `cal-com/not-connected` No Cal.com account is connected
       *     `cal-com/calendar-not-linked` This calendar is not linked to Cal.com
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_save: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SaveCredentialsDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComLinkedDto'];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `oauth/state-invalid` This connection request has expired, was used already or is not yours: start again
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `cal-com/not-connected` No Cal.com account is connected
       *     `cal-com/calendar-not-linked` This calendar is not linked to Cal.com
       *     `cal-com/calendar-credential-dead` Cal.com no longer has access to this calendar
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unexpected` The provider answered in an unforeseen way
       *     `provider/unavailable` The provider is unavailable for the moment
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_repair: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SyncCredentialsDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComSuccessDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `cal-com/not-connected` No Cal.com account is connected
       *     `cal-com/calendar-not-linked` This calendar is not linked to Cal.com
       *     `cal-com/calendar-credential-dead` Cal.com no longer has access to this calendar
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unexpected` The provider answered in an unforeseen way
       *     `provider/unavailable` The provider is unavailable for the moment
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_status: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComStatusAnswerDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/unavailable` The provider is unavailable for the moment */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_busyTimes: {
    parameters: {
      query: {
        /** @description The first day */
        dateFrom: string;
        /** @description The last day */
        dateTo: string;
        timeZone: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BusyTimesDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `cal-com/not-connected` No Cal.com account is connected
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unexpected` The provider answered in an unforeseen way
       *     `provider/unavailable` The provider is unavailable for the moment
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_setDestination: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DestinationDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComSuccessDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `cal-com/not-connected` No Cal.com account is connected
       *     `cal-com/calendar-not-linked` This calendar is not linked to Cal.com
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unexpected` The provider answered in an unforeseen way
       *     `provider/unavailable` The provider is unavailable for the moment
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_atoms: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AtomsDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/not-configured` This provider is not configured on this server
       *     `cal-com/not-in-this-mode` The way in which this server connects to Cal.com does not allow it
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unexpected` The provider answered in an unforeseen way
       *     `provider/unavailable` The provider is unavailable for the moment
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_sync: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComSyncAcceptedDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `integration/not-found` Integration not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComController_disconnect: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CalComSuccessDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComReturnController_fromConsent: {
    parameters: {
      query?: {
        error?: unknown;
        state?: unknown;
        code?: unknown;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To the calendar’s consent page, or to the success or error page */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  CalComReturnController_fromGoogle: {
    parameters: {
      query?: {
        state?: unknown;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To CALENDAR_SUCCESS_URL or CALENDAR_ERROR_URL */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  CalComReturnController_fromOffice: {
    parameters: {
      query?: {
        state?: unknown;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To CALENDAR_SUCCESS_URL or CALENDAR_ERROR_URL */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  CalComAtomsController_refresh: {
    parameters: {
      query?: never;
      header?: {
        /** @description The present one, maybe expired */
        Authorization?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefreshedTokenDto'];
        };
      };
      /** @description `cal-com/access-token-unknown` This Cal.com access token was not handed out by this server, or too long ago */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/unavailable` The provider is unavailable for the moment */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComWebhookController_receive: {
    parameters: {
      query?: never;
      header?: {
        'X-Cal-Signature-256'?: string;
      };
      path: {
        token: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Kept; the same for a repetition */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedDto'];
        };
      };
      /** @description `delivery/signature-invalid` The delivery’s signature is missing, stale or wrong */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/address-unknown` No connection receives deliveries at this address */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request/body-too-large` The request body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `storage/unavailable` Storage is unavailable for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  CalComWebhookController_receiveShared: {
    parameters: {
      query?: never;
      header?: {
        'X-Cal-Signature-256'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Kept; the same for a repetition */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedDto'];
        };
      };
      /** @description `delivery/signature-invalid` The delivery’s signature is missing, stale or wrong */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `delivery/address-unknown` No connection receives deliveries at this address */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request/body-too-large` The request body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `delivery/not-configured` No signing key is configured
       *     `storage/unavailable` Storage is unavailable for the moment
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  GoogleCalendarController_authUrl: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GoogleAuthUrlDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/not-configured` This provider is not configured on this server */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `oauth/too-many-starts` Too many connection requests within a minute */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  GoogleCalendarController_callback: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectCallbackDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GoogleConnectedDto'];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `oauth/state-missing` The “state” parameter is missing: start the connection again from the application
       *     `oauth/state-invalid` This connection request has expired, was used already or is not yours: start again
       *     `oauth/code-invalid` The authorization code is missing or unreadable
       *     `oauth/redirect-mismatch` The redirect address is not the one of the connection request
       *     `oauth/issuer-mismatch` This answer comes from another provider than the one asked
       *     `oauth/denied` Access was denied on the provider’s page
       *     `provider/code-refused` The provider refused the authorization code
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/missing` This action needs an open session
       *     `oauth/organization-mismatch` This organization is not yours
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/not-configured` This provider is not configured on this server
       *     `provider/scope-missing` Permissions that are needed were not granted
       *     `provider/forbidden` The provider forbids this to the account
       *     `provider/plan` The plan of this account does not include this feature
       *     `provider/misconfigured` The provider does not recognise the application as configured
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/access-refused` The provider does not accept the token it has just issued
       *     `provider/rate-limited` The provider limits the number of requests
       *     `provider/unavailable` The provider is unavailable for the moment
       *     `provider/contract` The provider’s answer is not what its documentation promises
       *     `provider/unexpected` The provider answered in an unforeseen way
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  GoogleCalendarController_import: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; or stopped, because it would remove too much */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GoogleImportFinishedDto'];
        };
      };
      /** @description Still under way: see GET /api/sync-runs/{id} */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GoogleImportStartedDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `calendar/not-connected` No calendar of this kind is connected
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/scope-missing` Permissions that are needed were not granted
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unavailable` The provider is unavailable for the moment
       *     `provider/unexpected` The provider answered in an unforeseen way
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  GoogleCalendarController_exportFormation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ExportFormationDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FormationExportedDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/not-exportable` This formation has no session to export: it is a draft, cancelled, or without dates
       *     `calendar/export-for-nobody` Nobody has a calendar of this kind to export this formation to
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  GoogleCalendarChannelController_receive: {
    parameters: {
      query?: never;
      header?: {
        'X-Goog-Resource-State'?: string;
        'X-Goog-Channel-Token'?: string;
        'X-Goog-Channel-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The calendar will be read */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceivedDto'];
        };
      };
      /** @description `delivery/address-unknown` No connection receives deliveries at this address */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request/body-too-large` The request body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `storage/unavailable` Storage is unavailable for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OutlookController_authUrl: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutlookAuthUrlDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/not-configured` This provider is not configured on this server */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `oauth/too-many-starts` Too many connection requests within a minute */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OutlookController_callback: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConnectCallbackDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutlookConnectedDto'];
        };
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `oauth/state-missing` The “state” parameter is missing: start the connection again from the application
       *     `oauth/state-invalid` This connection request has expired, was used already or is not yours: start again
       *     `oauth/code-invalid` The authorization code is missing or unreadable
       *     `oauth/redirect-mismatch` The redirect address is not the one of the connection request
       *     `oauth/issuer-mismatch` This answer comes from another provider than the one asked
       *     `oauth/denied` Access was denied on the provider’s page
       *     `provider/code-refused` The provider refused the authorization code
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `session/missing` This action needs an open session
       *     `oauth/organization-mismatch` This organization is not yours
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/not-configured` This provider is not configured on this server
       *     `provider/scope-missing` Permissions that are needed were not granted
       *     `provider/forbidden` The provider forbids this to the account
       *     `provider/plan` The plan of this account does not include this feature
       *     `provider/misconfigured` The provider does not recognise the application as configured
       *     `provider/withdrawn` The provider has ended this way of connecting
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/access-refused` The provider does not accept the token it has just issued
       *     `provider/rate-limited` The provider limits the number of requests
       *     `provider/unavailable` The provider is unavailable for the moment
       *     `provider/contract` The provider’s answer is not what its documentation promises
       *     `provider/unexpected` The provider answered in an unforeseen way
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OutlookController_import: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done; or stopped, because it would remove too much */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutlookImportFinishedDto'];
        };
      };
      /** @description Still under way: see GET /api/sync-runs/{id} */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutlookImportStartedDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `calendar/not-connected` No calendar of this kind is connected
       *     `provider/reauthorize` Access to the account has ended: it must be reconnected
       *     `provider/scope-missing` Permissions that are needed were not granted
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `provider/unavailable` The provider is unavailable for the moment
       *     `provider/unexpected` The provider answered in an unforeseen way
       */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `provider/timeout` The provider did not answer in time */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OutlookController_exportFormation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OutlookExportDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OutlookFormationExportedDto'];
        };
      };
      /** @description `request/invalid` The request is invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `session/required` A session is required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `formation/not-found` Formation not found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `formation/not-exportable` This formation has no session to export: it is a draft, cancelled, or without dates
       *     `calendar/export-for-nobody` Nobody has a calendar of this kind to export this formation to
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OutlookChannelController_receive: {
    parameters: {
      query?: {
        /** @description Given back as it is, as plain text */
        validationToken?: unknown;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description The validation token */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description Taken note of; what is not ours is left out without a word */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/body-malformed` The request body is not readable JSON
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request/body-too-large` The request body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `storage/unavailable` Storage is unavailable for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  OutlookChannelController_receiveLifecycle: {
    parameters: {
      query?: {
        /** @description Given back as it is, as plain text */
        validationToken?: unknown;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description The validation token */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description Taken note of; what is not ours is left out without a word */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * @description `request/invalid` The request is invalid
       *     `request/body-malformed` The request body is not readable JSON
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request/body-too-large` The request body is too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `storage/unavailable` Storage is unavailable for the moment */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
}
