// Generated from docs/reference/openapi.json. Do not edit.
export interface paths {
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the server and its parts are */
        get: operations["Health_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server answers */
        get: operations["Health_ping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process works; restart it when it does not */
        get: operations["Health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/startup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the start is over */
        get: operations["Health_startup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether to send requests here */
        get: operations["Health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was changed, by whom, newest first */
        get: operations["Audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the environments of this instance */
        get: operations["Environments_list"];
        put?: never;
        /** Create an environment with a first key */
        post: operations["Environments_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{environment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an environment */
        get: operations["Environments_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environment/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the settings of the environment */
        get: operations["EnvironmentSettings_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change settings of the environment */
        patch: operations["EnvironmentSettings_patch"];
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys, without the keys themselves */
        get: operations["Keys_list"];
        put?: never;
        /** Create an API key; the answer is the only place that shows it */
        post: operations["Keys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an API key, without the key itself */
        get: operations["Keys_get"];
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["Keys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace an API key; the old one stays valid for a while */
        post: operations["Keys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/app-portal-access/{app_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a portal token for an application */
        post: operations["Portal_createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/app/{app_id}/expire-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the portal tokens of an application */
        post: operations["Portal_expireTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the portal token that is used */
        post: operations["Portal_logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List applications */
        get: operations["Applications_list"];
        put?: never;
        /** Create an application */
        post: operations["Applications_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an application */
        get: operations["Applications_get"];
        /** Create or replace an application */
        put: operations["Applications_upsert"];
        post?: never;
        /** Delete an application with its endpoints */
        delete: operations["Applications_delete"];
        options?: never;
        head?: never;
        /** Change an application */
        patch: operations["Applications_patch"];
        trace?: never;
    };
    "/api/v1/cache/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell what the caches of this replica have done and hold */
        get: operations["Caches_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cache/invalidate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget what is cached of this environment by key, tag or pattern */
        post: operations["Caches_invalidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an application's endpoints */
        get: operations["Endpoints_list"];
        put?: never;
        /** Create an endpoint */
        post: operations["Endpoints_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an endpoint */
        get: operations["Endpoints_get"];
        /** Create or replace an endpoint */
        put: operations["Endpoints_upsert"];
        post?: never;
        /** Delete an endpoint */
        delete: operations["Endpoints_delete"];
        options?: never;
        head?: never;
        /** Change an endpoint */
        patch: operations["Endpoints_patch"];
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the current signing secret */
        get: operations["EndpointSettings_getSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate the signing secret */
        post: operations["EndpointSettings_rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/headers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the custom headers, without the values of sensitive ones */
        get: operations["EndpointSettings_getHeaders"];
        /** Replace the custom headers */
        put: operations["EndpointSettings_setHeaders"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Add, replace and remove custom headers */
        patch: operations["EndpointSettings_patchHeaders"];
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/filter/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a filter on the newest messages of the application; nothing is changed */
        post: operations["FilterPreview_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/transformation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the transformation of an endpoint, which is always off */
        get: operations["Transformation_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Switch the transformation of an endpoint off */
        patch: operations["Transformation_patch"];
        trace?: never;
    };
    "/api/v1/event-type": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List event types */
        get: operations["EventTypes_list"];
        put?: never;
        /** Create an event type, or bring an archived one back */
        post: operations["EventTypes_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-type/{event_type_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an event type */
        get: operations["EventTypes_get"];
        /** Create or replace an event type */
        put: operations["EventTypes_upsert"];
        post?: never;
        /** Archive an event type, or expunge it */
        delete: operations["EventTypes_delete"];
        options?: never;
        head?: never;
        /** Change an event type */
        patch: operations["EventTypes_patch"];
        trace?: never;
    };
    "/api/v1/environment/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export the event types and settings of the environment */
        post: operations["Catalogue_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environment/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create or replace the event types of an export, and take over its settings */
        post: operations["Catalogue_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-type/import/openapi": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create or replace event types from the webhooks of an OpenAPI document */
        post: operations["Catalogue_importOpenApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environment/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This API description with the event types of the environment as `webhooks` */
        get: operations["Catalogue_describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/precheck/active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether any endpoint would receive such a message */
        post: operations["MessageContents_precheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/expunge-all-contents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget the payloads of all messages of the application */
        post: operations["MessageContents_expungeAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/bulk-expunge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget the payloads of several messages */
        post: operations["MessageContents_expungeSome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/{msg_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget the payload of a message, and call off what waits of it */
        delete: operations["MessageContents_expunge"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget the response of an attempt */
        delete: operations["MessageContents_expungeAttempt"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an application's messages */
        get: operations["Messages_list"];
        put?: never;
        /** Publish a message */
        post: operations["Messages_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/{msg_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a message */
        get: operations["Messages_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/attempt/endpoint/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the attempts at an endpoint */
        get: operations["Attempts_listByEndpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/attempt/msg/{msg_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the attempts to deliver a message */
        get: operations["Attempts_listByMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an attempt */
        get: operations["Attempts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message to an endpoint again */
        post: operations["Attempts_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/msg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the messages of an endpoint, with where each stands */
        get: operations["Destinations_listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/{msg_id}/endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the endpoints of a message, with where each stands */
        get: operations["Destinations_listEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List background tasks, newest first */
        get: operations["Tasks_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a background task */
        get: operations["Tasks_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause a background task, at once */
        post: operations["Tasks_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a paused task go on from where it was */
        post: operations["Tasks_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a background task; what it did stays done */
        post: operations["Tasks_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/background-task": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List background tasks, newest first */
        get: operations["BackgroundTasks_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/background-task/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a background task */
        get: operations["BackgroundTasks_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/recover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again all that failed in a time range */
        post: operations["Recovery_recover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/replay-missing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send what the endpoint was never sent */
        post: operations["Recovery_replayMissing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/bulk-replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what matches a filter */
        post: operations["Recovery_bulkReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the deliveries of an endpoint by where they stand */
        get: operations["Recovery_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/endpoint/{endpoint_id}/send-example": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an event type's example to the endpoint */
        post: operations["SendExample_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/poller/{sink_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch the next messages of the application */
        get: operations["Poller_poll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/poller/{sink_id}/consumer/{consumer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch the next messages of a reader whose position is kept here */
        get: operations["Poller_pollAs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/poller/{sink_id}/consumer/{consumer_id}/seek": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a reader to the messages after an instant */
        post: operations["Poller_seek"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search deliveries, newest first */
        get: operations["Deliveries_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a delivery, with why it stands where it does */
        get: operations["Deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the message of a delivery to its endpoint again */
        post: operations["Deliveries_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{delivery_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a delivery off that has not ended */
        post: operations["Deliveries_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Account for every delivery by where it stands */
        get: operations["Ledger_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count dead letters by reason and endpoint, the most first */
        get: operations["Ledger_deadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search dead letters, newest first */
        get: operations["DeadLetters_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export dead letters with their messages, oldest first, one JSON text per line */
        get: operations["DeadLetters_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send dead letters again, as a background task */
        post: operations["DeadLetterReplay_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/msg/{msg_id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For every endpoint of the application: does it receive the message, and why not */
        get: operations["Explain_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plugins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the plugins of this server */
        get: operations["Explain_plugins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operational-webhook/endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the operational webhooks of the environment */
        get: operations["OperationalEndpoints_list"];
        put?: never;
        /** Create an operational webhook */
        post: operations["OperationalEndpoints_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operational-webhook/endpoint/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an operational webhook */
        get: operations["OperationalEndpoints_get"];
        /** Create or replace an operational webhook */
        put: operations["OperationalEndpoints_upsert"];
        post?: never;
        /** Delete an operational webhook */
        delete: operations["OperationalEndpoints_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operational-webhook/endpoint/{endpoint_id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the current signing secret of an operational webhook */
        get: operations["OperationalSettings_getSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operational-webhook/endpoint/{endpoint_id}/secret/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate the signing secret of an operational webhook */
        post: operations["OperationalSettings_rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operational-webhook/endpoint/{endpoint_id}/headers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the custom headers, without the values of sensitive ones */
        get: operations["OperationalSettings_getHeaders"];
        /** Replace the custom headers of an operational webhook */
        put: operations["OperationalSettings_putHeaders"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/integration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an application's integrations */
        get: operations["Integrations_list"];
        put?: never;
        /** Create an integration */
        post: operations["Integrations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/integration/{integ_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an integration */
        get: operations["Integrations_get"];
        /** Replace an integration */
        put: operations["Integrations_update"];
        post?: never;
        /** Delete an integration with its key */
        delete: operations["Integrations_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{app_id}/integration/{integ_id}/key/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new key of an integration, and end the one before */
        post: operations["Integrations_rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Watch attempts, ends of deliveries and alerts as they happen, as server-sent events */
        get: operations["Live_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell what publishing a message would do, without doing it */
        post: operations["Simulation_simulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/usage/app": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count the attempts of applications in a time range */
        post: operations["Usage_ofApplications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats/usage/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Count the attempts of each event type over the last seven days */
        put: operations["Usage_ofEventTypes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Report how deliveries went in a time range */
        get: operations["Analytics_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/endpoints/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Report how an endpoint did over the last days */
        get: operations["Analytics_endpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/timeseries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Chart one metric over a time range */
        get: operations["Analytics_timeseries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sum up the metrics of this process over a window */
        get: operations["Metrics_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what is watched */
        get: operations["Metrics_listThresholds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/thresholds/{threshold_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Watch something, or change given members of a threshold, on all replicas */
        put: operations["Metrics_setThreshold"];
        post?: never;
        /** Stop watching something, on all replicas */
        delete: operations["Metrics_deleteThreshold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List alerts of this process that last or were resolved in the window */
        get: operations["Metrics_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Score the last hour, and name the reasons why it is not 100 */
        get: operations["SystemHealth_system"];
        put?: never;
        post?: never;
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
        /**
         * @example {
         *       "status": "up",
         *       "phase": "serving",
         *       "checks": [
         *         {
         *           "name": "storage",
         *           "status": "up",
         *           "healthy": true,
         *           "latencyMs": 2
         *         }
         *       ]
         *     }
         */
        HealthOut: {
            /** @enum {string} */
            status: "up" | "degraded" | "down";
            /** @enum {string} */
            phase: "starting" | "serving" | "draining" | "closing";
            checks: components["schemas"]["HealthCheck"][];
        };
        HealthCheck: {
            name: string;
            /** @enum {string} */
            status: "up" | "degraded" | "down";
            healthy: boolean;
            latencyMs?: number;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Not Found",
         *       "status": 404,
         *       "instance": "/api/v1/app/customer-43",
         *       "code": "not_found",
         *       "requestId": "0d6f7c1e-52b0-4f7e-9d6d-0c5a2f1b7e11",
         *       "detail": "There is no such application."
         *     }
         */
        Problem: {
            type: string;
            title: string;
            status: number;
            instance: string;
            /** @description What programs compare. */
            code: string;
            requestId: string;
            detail: string;
        };
        /**
         * @example {
         *       "type": "about:blank",
         *       "title": "Unprocessable Entity",
         *       "status": 422,
         *       "instance": "/api/v1/app",
         *       "code": "validation",
         *       "requestId": "0d6f7c1e-52b0-4f7e-9d6d-0c5a2f1b7e11",
         *       "detail": [
         *         {
         *           "loc": [
         *             "body",
         *             "name"
         *           ],
         *           "msg": "is required",
         *           "type": "validation"
         *         }
         *       ]
         *     }
         */
        ValidationProblem: {
            type: string;
            title: string;
            status: number;
            instance: string;
            /** @description What programs compare. */
            code: string;
            requestId: string;
            detail: components["schemas"]["ValidationIssue"][];
        };
        ValidationIssue: {
            loc: (string | number)[];
            msg: string;
            type: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "audit_2xRkE7t5QbD2vXn9HsJm3WfKzLc",
         *           "actorId": "4Zq8sVbN2xTc",
         *           "action": "applications.update",
         *           "target": {
         *             "app_id": "customer-42"
         *           },
         *           "before": {
         *             "name": "Customer 42"
         *           },
         *           "after": {
         *             "name": "Customer 42 (Berlin)"
         *           },
         *           "requestId": "0d6f7c1e-52b0-4f7e-9d6d-0c5a2f1b7e11",
         *           "ip": "203.0.113.7",
         *           "timestamp": "2026-03-04T16:40:00.003Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseAuditEntryOut: {
            data: components["schemas"]["AuditEntryOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "audit_2xRkE7t5QbD2vXn9HsJm3WfKzLc",
         *       "actorId": "4Zq8sVbN2xTc",
         *       "action": "applications.update",
         *       "target": {
         *         "app_id": "customer-42"
         *       },
         *       "before": {
         *         "name": "Customer 42"
         *       },
         *       "after": {
         *         "name": "Customer 42 (Berlin)"
         *       },
         *       "requestId": "0d6f7c1e-52b0-4f7e-9d6d-0c5a2f1b7e11",
         *       "ip": "203.0.113.7",
         *       "timestamp": "2026-03-04T16:40:00.003Z"
         *     }
         */
        AuditEntryOut: {
            id: string;
            /** @description Id of the key that it was done with. */
            actorId: string;
            /** @description What was done, such as `applications.create`. */
            action: string;
            /** @description What the path named, and the id of what was made. */
            target: {
                [key: string]: string;
            };
            /** @description The members that changed, as they were. Secrets are left out. */
            before?: {
                [key: string]: unknown;
            };
            /** @description The members that changed, as they are. */
            after?: {
                [key: string]: unknown;
            };
            requestId: string;
            ip: string;
            /** Format: date-time */
            timestamp: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "env_2xRj0Q8d3HwSf6BnKyVt1MxLzGp",
         *           "name": "Staging",
         *           "createdAt": "2026-03-02T09:15:04.120Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseEnvironmentOut: {
            data: components["schemas"]["EnvironmentOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "env_2xRj0Q8d3HwSf6BnKyVt1MxLzGp",
         *       "name": "Staging",
         *       "createdAt": "2026-03-02T09:15:04.120Z"
         *     }
         */
        EnvironmentOut: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * @example {
         *       "name": "Staging"
         *     }
         */
        EnvironmentIn: {
            name: string;
        };
        /**
         * @example {
         *       "id": "env_2xRj0Q8d3HwSf6BnKyVt1MxLzGp",
         *       "name": "Staging",
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "key": {
         *         "id": "4Zq8sVbN2xTc",
         *         "name": "Billing service",
         *         "prefix": "pr_4Zq8sVbN2xTc",
         *         "scopes": [
         *           "messages:write",
         *           "messages:read"
         *         ],
         *         "createdAt": "2026-03-02T09:15:04.120Z",
         *         "expiresAt": "2027-03-02T09:15:04.120Z",
         *         "key": "pr_4Zq8sVbN2xTc_…"
         *       }
         *     }
         */
        NewEnvironmentOut: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            /** @description A first key of the environment, which may do everything within it. */
            key: components["schemas"]["NewApiKeyOut"];
        };
        /**
         * @example {
         *       "id": "4Zq8sVbN2xTc",
         *       "name": "Billing service",
         *       "prefix": "pr_4Zq8sVbN2xTc",
         *       "scopes": [
         *         "messages:write",
         *         "messages:read"
         *       ],
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "expiresAt": "2027-03-02T09:15:04.120Z",
         *       "key": "pr_4Zq8sVbN2xTc_…"
         *     }
         */
        NewApiKeyOut: {
            id: string;
            name: string;
            /** @description The beginning of the key, by which it can be recognised. */
            prefix: string;
            scopes: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt?: string;
            /** Format: date-time */
            revokedAt?: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt?: string;
            /** @description The key itself, shown this once. */
            key: string;
        };
        /**
         * @example {
         *       "strictEventTypes": true,
         *       "validatePayloads": true
         *     }
         */
        EnvironmentSettingsOut: {
            /** @description Refuse messages of event types that do not exist. Default: false. */
            strictEventTypes: boolean;
            /** @description Refuse payloads that do not fit the latest schema of their event type. Default: true. */
            validatePayloads: boolean;
        };
        /**
         * @example {
         *       "strictEventTypes": true,
         *       "validatePayloads": true
         *     }
         */
        EnvironmentSettingsPatch: {
            /** @description Refuse messages of event types that do not exist. Default: false. */
            strictEventTypes?: boolean;
            /** @description Refuse payloads that do not fit the latest schema of their event type. Default: true. */
            validatePayloads?: boolean;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "4Zq8sVbN2xTc",
         *           "name": "Billing service",
         *           "prefix": "pr_4Zq8sVbN2xTc",
         *           "scopes": [
         *             "messages:write",
         *             "messages:read"
         *           ],
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "expiresAt": "2027-03-02T09:15:04.120Z",
         *           "lastUsedAt": "2026-03-05T08:30:00.512Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseApiKeyOut: {
            data: components["schemas"]["ApiKeyOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "4Zq8sVbN2xTc",
         *       "name": "Billing service",
         *       "prefix": "pr_4Zq8sVbN2xTc",
         *       "scopes": [
         *         "messages:write",
         *         "messages:read"
         *       ],
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "expiresAt": "2027-03-02T09:15:04.120Z",
         *       "lastUsedAt": "2026-03-05T08:30:00.512Z"
         *     }
         */
        ApiKeyOut: {
            id: string;
            name: string;
            /** @description The beginning of the key, by which it can be recognised. */
            prefix: string;
            scopes: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt?: string;
            /** Format: date-time */
            revokedAt?: string;
            /**
             * Format: date-time
             * @description To the minute.
             */
            lastUsedAt?: string;
        };
        /**
         * @example {
         *       "name": "Billing service",
         *       "scopes": [
         *         "messages:write",
         *         "messages:read"
         *       ],
         *       "expiresAt": "2027-03-02T09:15:04.120Z"
         *     }
         */
        ApiKeyIn: {
            name: string;
            /** @description What the key may do; `*` is everything within the environment. */
            scopes: ("*" | "applications:read" | "applications:write" | "endpoints:read" | "endpoints:write" | "endpoints:secret:read" | "event-types:read" | "event-types:write" | "messages:read" | "messages:write" | "deliveries:replay" | "stats:read" | "audit:read" | "portal:admin" | "keys:admin" | "tenants:admin")[];
            expiresAt?: string | null;
        };
        /**
         * @example {
         *       "overlapSeconds": 86400
         *     }
         */
        ApiKeyRotateIn: {
            /** @description How long the old key stays valid; 86400 (a day) when absent. */
            overlapSeconds?: number | null;
        };
        /**
         * @example {
         *       "expiry": 900,
         *       "readOnly": true,
         *       "sessionId": "user-7"
         *     }
         */
        AppPortalAccessIn: {
            /** @description Seconds that the token is valid; 3600 when absent. */
            expiry?: number | null;
            /** @description By which the token can be revoked alone. */
            sessionId?: string | null;
            readOnly?: boolean | null;
            capabilities?: ("ViewBase" | "ViewEndpointSecret" | "ManageEndpointSecret" | "ManageTransformations" | "CreateAttempts" | "ManageEndpoint")[] | null;
            /** @description Accepted, and of no effect. */
            featureFlags?: string[] | null;
            /** @description Creates the application of the path when there is none of that uid. */
            application?: components["schemas"]["ApplicationIn"] | null;
        };
        /**
         * @example {
         *       "name": "Customer 42",
         *       "uid": "customer-42",
         *       "throttleRate": 100,
         *       "metadata": {
         *         "plan": "business"
         *       }
         *     }
         */
        ApplicationIn: {
            name: string;
            uid?: string | null;
            throttleRate?: number | null;
            rateLimit?: number | null;
            metadata?: {
                [key: string]: string;
            } | null;
        };
        /**
         * @example {
         *       "url": "https://webhooks.example.com/portal/#key=eyJhbGciOi…",
         *       "token": "eyJhbGciOi…"
         *     }
         */
        AppPortalAccessOut: {
            /** @description Opens the portal; holds the token. */
            url: string;
            token: string;
        };
        /**
         * @example {
         *       "sessionIds": [
         *         "user-7"
         *       ]
         *     }
         */
        ApplicationTokenExpireIn: {
            /** @description Seconds from now; at once when absent. */
            expiry?: number | null;
            sessionIds?: string[] | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *           "name": "Customer 42",
         *           "uid": "customer-42",
         *           "throttleRate": 100,
         *           "metadata": {
         *             "plan": "business"
         *           },
         *           "rateLimit": 100,
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseApplicationOut: {
            data: components["schemas"]["ApplicationOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *       "name": "Customer 42",
         *       "uid": "customer-42",
         *       "throttleRate": 100,
         *       "metadata": {
         *         "plan": "business"
         *       },
         *       "rateLimit": 100,
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "updatedAt": "2026-03-04T16:40:00.003Z"
         *     }
         */
        ApplicationOut: {
            id: string;
            uid?: string;
            name: string;
            metadata: {
                [key: string]: string;
            };
            throttleRate?: number;
            rateLimit?: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @example {
         *       "name": "Customer 42 (Berlin)",
         *       "throttleRate": null
         *     }
         */
        ApplicationPatch: {
            name?: string;
            uid?: string | null;
            throttleRate?: number | null;
            rateLimit?: number | null;
            metadata?: {
                [key: string]: string;
            };
        };
        /**
         * @description Of the replica that answers, since it was started.
         * @example {
         *       "data": [
         *         {
         *           "name": "values",
         *           "available": true,
         *           "shared": false,
         *           "hits": 912,
         *           "misses": 88,
         *           "hitRate": 0.912,
         *           "evictions": 0,
         *           "expirations": 41,
         *           "entries": 47,
         *           "maxEntries": 10000,
         *           "bytes": 51200,
         *           "maxBytes": 33554432
         *         }
         *       ]
         *     }
         */
        CacheStatsOut: {
            data: {
                /**
                 * @description `values`: the cache of the server. `routes`: subscriptions and endpoint configurations. `keys`: verified API keys.
                 * @enum {string}
                 */
                name: "values" | "routes" | "keys";
                /** @description False while a cache outside of the process cannot be reached. */
                available: boolean;
                /** @description Other replicas see the same entries. */
                shared: boolean;
                hits: number;
                misses: number;
                /** @description Null before the first look. */
                hitRate: number | null;
                /** @description Entries that made room for others. */
                evictions: number;
                /** @description Entries whose time was over. */
                expirations: number;
                entries: number | null;
                maxEntries: number | null;
                /** @description By estimate; null where it is not known. */
                bytes: number | null;
                maxBytes: number | null;
            }[];
        };
        /**
         * @example {
         *       "tag": "reports"
         *     }
         */
        CacheInvalidateIn: {
            /** @description One key, such as `application:cust_1`. */
            key?: string;
            /** @description `app:` and the id or uid of an application: all that depends on it, in every replica that hears of it. */
            tag?: string;
            /** @description Keys by `*` and `?`, such as `application:*`. */
            pattern?: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "url": "https://hooks.example.com/invoices",
         *           "description": "Bookkeeping of customer 42",
         *           "uid": "bookkeeping",
         *           "disabled": false,
         *           "eventTypes": [
         *             "invoice.paid"
         *           ],
         *           "channels": [
         *             "europe"
         *           ],
         *           "throttleRate": 20,
         *           "retrySchedule": [
         *             5,
         *             300,
         *             1800,
         *             7200
         *           ],
         *           "timeoutMs": 15000,
         *           "filter": {
         *             "currency": [
         *               "EUR"
         *             ],
         *             "amount": {
         *               "$gte": 10000
         *             }
         *           },
         *           "filterTypes": [
         *             "invoice.paid"
         *           ],
         *           "rateLimit": 20,
         *           "version": 3,
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z",
         *           "metadata": {
         *             "plan": "business"
         *           }
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseEndpointOut: {
            data: components["schemas"]["EndpointOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "url": "https://hooks.example.com/invoices",
         *       "description": "Bookkeeping of customer 42",
         *       "uid": "bookkeeping",
         *       "disabled": false,
         *       "eventTypes": [
         *         "invoice.paid"
         *       ],
         *       "channels": [
         *         "europe"
         *       ],
         *       "throttleRate": 20,
         *       "retrySchedule": [
         *         5,
         *         300,
         *         1800,
         *         7200
         *       ],
         *       "timeoutMs": 15000,
         *       "filter": {
         *         "currency": [
         *           "EUR"
         *         ],
         *         "amount": {
         *           "$gte": 10000
         *         }
         *       },
         *       "filterTypes": [
         *         "invoice.paid"
         *       ],
         *       "rateLimit": 20,
         *       "version": 3,
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "updatedAt": "2026-03-04T16:40:00.003Z",
         *       "metadata": {
         *         "plan": "business"
         *       }
         *     }
         */
        EndpointOut: {
            id: string;
            uid?: string;
            url: string;
            description: string;
            disabled: boolean;
            /** @enum {string} */
            disabledReason?: "manual" | "gone" | "failing";
            eventTypes?: string[];
            filterTypes?: string[];
            channels?: string[];
            throttleRate?: number;
            rateLimit?: number;
            retrySchedule?: number[];
            timeoutMs?: number;
            maxInFlight?: number;
            ordering?: {
                /** @enum {string} */
                by: "endpoint" | "key";
                /** @enum {string} */
                onFailure: "block" | "continue";
            };
            filter?: {
                [key: string]: unknown;
            };
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            metadata: {
                [key: string]: string;
            };
        };
        /**
         * @example {
         *       "url": "https://hooks.example.com/invoices",
         *       "description": "Bookkeeping of customer 42",
         *       "uid": "bookkeeping",
         *       "disabled": false,
         *       "eventTypes": [
         *         "invoice.paid"
         *       ],
         *       "channels": [
         *         "europe"
         *       ],
         *       "throttleRate": 20,
         *       "retrySchedule": [
         *         5,
         *         300,
         *         1800,
         *         7200
         *       ],
         *       "timeoutMs": 15000,
         *       "filter": {
         *         "currency": [
         *           "EUR"
         *         ],
         *         "amount": {
         *           "$gte": 10000
         *         }
         *       },
         *       "metadata": {
         *         "plan": "business"
         *       },
         *       "headers": {
         *         "x-customer": "42"
         *       }
         *     }
         */
        EndpointIn: {
            url: string;
            description?: string | null;
            uid?: string | null;
            disabled?: boolean | null;
            eventTypes?: string[] | null;
            filterTypes?: string[] | null;
            channels?: string[] | null;
            throttleRate?: number | null;
            rateLimit?: number | null;
            metadata?: {
                [key: string]: string;
            } | null;
            headers?: {
                [key: string]: string;
            } | null;
            retrySchedule?: number[] | null;
            timeoutMs?: number | null;
            maxInFlight?: number | null;
            ordering?: {
                /**
                 * @description What is delivered one after the other: all messages, or those with the same `orderingKey`.
                 * @enum {string}
                 */
                by: "endpoint" | "key";
                /**
                 * @description Those behind a delivery that fails wait until it was delivered, dead-lettered or cancelled, or only until it was tried once.
                 * @default block
                 * @enum {string}
                 */
                onFailure: "block" | "continue";
            } | null;
            filter?: {
                [key: string]: unknown;
            } | null;
            version?: number | null;
            secret?: string | null;
        };
        /**
         * @example {
         *       "url": "https://hooks.example.com/invoices",
         *       "description": "Bookkeeping of customer 42",
         *       "uid": "bookkeeping",
         *       "disabled": false,
         *       "eventTypes": [
         *         "invoice.paid"
         *       ],
         *       "channels": [
         *         "europe"
         *       ],
         *       "throttleRate": 20,
         *       "retrySchedule": [
         *         5,
         *         300,
         *         1800,
         *         7200
         *       ],
         *       "timeoutMs": 15000,
         *       "filter": {
         *         "currency": [
         *           "EUR"
         *         ],
         *         "amount": {
         *           "$gte": 10000
         *         }
         *       },
         *       "metadata": {
         *         "plan": "business"
         *       },
         *       "headers": {
         *         "x-customer": "42"
         *       }
         *     }
         */
        EndpointUpsertIn: {
            url: string;
            description?: string | null;
            uid?: string | null;
            disabled?: boolean | null;
            eventTypes?: string[] | null;
            filterTypes?: string[] | null;
            channels?: string[] | null;
            throttleRate?: number | null;
            rateLimit?: number | null;
            metadata?: {
                [key: string]: string;
            } | null;
            headers?: {
                [key: string]: string;
            } | null;
            retrySchedule?: number[] | null;
            timeoutMs?: number | null;
            maxInFlight?: number | null;
            ordering?: {
                /**
                 * @description What is delivered one after the other: all messages, or those with the same `orderingKey`.
                 * @enum {string}
                 */
                by: "endpoint" | "key";
                /**
                 * @description Those behind a delivery that fails wait until it was delivered, dead-lettered or cancelled, or only until it was tried once.
                 * @default block
                 * @enum {string}
                 */
                onFailure: "block" | "continue";
            } | null;
            filter?: {
                [key: string]: unknown;
            } | null;
            version?: number | null;
        };
        /**
         * @example {
         *       "disabled": true,
         *       "channels": null
         *     }
         */
        EndpointPatch: {
            url?: string;
            description?: string;
            uid?: string | null;
            disabled?: boolean;
            eventTypes?: string[] | null;
            filterTypes?: string[] | null;
            channels?: string[] | null;
            throttleRate?: number | null;
            rateLimit?: number | null;
            metadata?: {
                [key: string]: string;
            };
            headers?: {
                [key: string]: string;
            } | null;
            retrySchedule?: number[] | null;
            timeoutMs?: number | null;
            maxInFlight?: number | null;
            ordering?: {
                /**
                 * @description What is delivered one after the other: all messages, or those with the same `orderingKey`.
                 * @enum {string}
                 */
                by: "endpoint" | "key";
                /**
                 * @description Those behind a delivery that fails wait until it was delivered, dead-lettered or cancelled, or only until it was tried once.
                 * @default block
                 * @enum {string}
                 */
                onFailure: "block" | "continue";
            } | null;
            filter?: {
                [key: string]: unknown;
            } | null;
            version?: number | null;
        };
        /**
         * @example {
         *       "key": "whsec_…"
         *     }
         */
        EndpointSecretOut: {
            key: string;
        };
        /**
         * @example {
         *       "gracePeriodSeconds": 86400
         *     }
         */
        EndpointSecretRotateIn: {
            key?: string | null;
            /** @description How long the old secret still signs, in seconds; a day when absent, 0 when it leaked. */
            gracePeriodSeconds?: number | null;
        } | null;
        /**
         * @example {
         *       "headers": {
         *         "x-customer": "42"
         *       },
         *       "sensitive": [
         *         "authorization"
         *       ]
         *     }
         */
        EndpointHeadersOut: {
            headers: {
                [key: string]: string;
            };
            /** @description Names of headers whose values are not shown. */
            sensitive: string[];
        };
        /**
         * @example {
         *       "headers": {
         *         "x-customer": "42"
         *       }
         *     }
         */
        EndpointHeadersIn: {
            headers: {
                [key: string]: string;
            };
        };
        /**
         * @example {
         *       "headers": {
         *         "x-customer": "43"
         *       },
         *       "deleteHeaders": [
         *         "x-old"
         *       ]
         *     }
         */
        EndpointHeadersPatchIn: {
            headers?: {
                [key: string]: string;
            };
            deleteHeaders?: string[];
        };
        /**
         * @example {
         *       "filter": {
         *         "currency": [
         *           "EUR"
         *         ],
         *         "amount": {
         *           "$gte": 10000
         *         }
         *       },
         *       "limit": 50
         *     }
         */
        FilterPreviewIn: {
            /** @description The filter to try; that of the endpoint when absent, none when null. */
            filter?: {
                [key: string]: unknown;
            } | null;
            /** @description How many of the newest messages to try it on; 50 when absent. */
            limit?: number | null;
        } | null;
        /**
         * @example {
         *       "examined": 50,
         *       "matched": 1,
         *       "messages": [
         *         {
         *           "id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *           "eventType": "invoice.paid",
         *           "timestamp": "2026-03-05T08:30:00.512Z",
         *           "matches": true
         *         }
         *       ]
         *     }
         */
        FilterPreviewOut: {
            examined: number;
            matched: number;
            messages: components["schemas"]["FilterPreviewMessage"][];
        };
        FilterPreviewMessage: {
            id: string;
            eventType: string;
            /** Format: date-time */
            timestamp: string;
            matches: boolean;
            /**
             * @description Why it does not match; an expunged payload cannot be judged.
             * @enum {string}
             */
            why?: "event_type" | "channels" | "filtered" | "expunged";
        };
        /**
         * @description Never enabled: payloads are sent as they were published.
         * @example {
         *       "enabled": false,
         *       "code": null
         *     }
         */
        EndpointTransformationOut: {
            enabled: boolean;
            code: string | null;
        };
        /**
         * @example {
         *       "enabled": false
         *     }
         */
        EndpointTransformationPatch: {
            enabled?: boolean | null;
            code?: string | null;
            variables?: {
                [key: string]: string;
            } | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "name": "invoice.paid",
         *           "description": "An invoice was paid in full.",
         *           "schemas": {
         *             "1": {
         *               "type": "object",
         *               "required": [
         *                 "invoiceId"
         *               ],
         *               "properties": {
         *                 "invoiceId": {
         *                   "type": "string"
         *                 },
         *                 "amount": {
         *                   "type": "integer"
         *                 },
         *                 "currency": {
         *                   "type": "string"
         *                 }
         *               },
         *               "examples": [
         *                 {
         *                   "invoiceId": "in_1042",
         *                   "amount": 12500,
         *                   "currency": "EUR"
         *                 }
         *               ]
         *             }
         *           },
         *           "groupName": "invoices",
         *           "deprecated": false,
         *           "archived": false,
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseEventTypeOut: {
            data: components["schemas"]["EventTypeOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "name": "invoice.paid",
         *       "description": "An invoice was paid in full.",
         *       "schemas": {
         *         "1": {
         *           "type": "object",
         *           "required": [
         *             "invoiceId"
         *           ],
         *           "properties": {
         *             "invoiceId": {
         *               "type": "string"
         *             },
         *             "amount": {
         *               "type": "integer"
         *             },
         *             "currency": {
         *               "type": "string"
         *             }
         *           },
         *           "examples": [
         *             {
         *               "invoiceId": "in_1042",
         *               "amount": 12500,
         *               "currency": "EUR"
         *             }
         *           ]
         *         }
         *       },
         *       "groupName": "invoices",
         *       "deprecated": false,
         *       "archived": false,
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "updatedAt": "2026-03-04T16:40:00.003Z"
         *     }
         */
        EventTypeOut: {
            name: string;
            description: string;
            archived: boolean;
            deprecated: boolean;
            schemas?: {
                [key: string]: unknown;
            };
            featureFlag?: string;
            featureFlags?: string[];
            groupName?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @example {
         *       "name": "invoice.paid",
         *       "description": "An invoice was paid in full.",
         *       "schemas": {
         *         "1": {
         *           "type": "object",
         *           "required": [
         *             "invoiceId"
         *           ],
         *           "properties": {
         *             "invoiceId": {
         *               "type": "string"
         *             },
         *             "amount": {
         *               "type": "integer"
         *             },
         *             "currency": {
         *               "type": "string"
         *             }
         *           },
         *           "examples": [
         *             {
         *               "invoiceId": "in_1042",
         *               "amount": 12500,
         *               "currency": "EUR"
         *             }
         *           ]
         *         }
         *       },
         *       "groupName": "invoices",
         *       "deprecated": false
         *     }
         */
        EventTypeIn: {
            name: string;
            description: string;
            archived?: boolean | null;
            deprecated?: boolean | null;
            schemas?: {
                [key: string]: {
                    [key: string]: unknown;
                } | boolean;
            } | null;
            featureFlag?: string | null;
            featureFlags?: string[] | null;
            groupName?: string | null;
        };
        /**
         * @example {
         *       "description": "An invoice was paid in full.",
         *       "schemas": {
         *         "1": {
         *           "type": "object",
         *           "required": [
         *             "invoiceId"
         *           ],
         *           "properties": {
         *             "invoiceId": {
         *               "type": "string"
         *             },
         *             "amount": {
         *               "type": "integer"
         *             },
         *             "currency": {
         *               "type": "string"
         *             }
         *           },
         *           "examples": [
         *             {
         *               "invoiceId": "in_1042",
         *               "amount": 12500,
         *               "currency": "EUR"
         *             }
         *           ]
         *         }
         *       },
         *       "groupName": "invoices"
         *     }
         */
        EventTypeUpsertIn: {
            description: string;
            archived?: boolean | null;
            deprecated?: boolean | null;
            schemas?: {
                [key: string]: {
                    [key: string]: unknown;
                } | boolean;
            } | null;
            featureFlag?: string | null;
            featureFlags?: string[] | null;
            groupName?: string | null;
        };
        /**
         * @example {
         *       "deprecated": true
         *     }
         */
        EventTypePatch: {
            description?: string;
            archived?: boolean;
            deprecated?: boolean;
            schemas?: {
                [key: string]: {
                    [key: string]: unknown;
                } | boolean;
            } | null;
            featureFlag?: string | null;
            featureFlags?: string[] | null;
            groupName?: string | null;
        };
        /**
         * @example {
         *       "version": 1,
         *       "createdAt": "2026-03-04T16:40:00.003Z",
         *       "eventTypes": [
         *         {
         *           "name": "invoice.paid",
         *           "description": "An invoice was paid in full.",
         *           "schemas": {
         *             "1": {
         *               "type": "object",
         *               "required": [
         *                 "invoiceId"
         *               ],
         *               "properties": {
         *                 "invoiceId": {
         *                   "type": "string"
         *                 },
         *                 "amount": {
         *                   "type": "integer"
         *                 },
         *                 "currency": {
         *                   "type": "string"
         *                 }
         *               },
         *               "examples": [
         *                 {
         *                   "invoiceId": "in_1042",
         *                   "amount": 12500,
         *                   "currency": "EUR"
         *                 }
         *               ]
         *             }
         *           },
         *           "groupName": "invoices",
         *           "deprecated": false,
         *           "archived": false,
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z"
         *         }
         *       ],
         *       "connectors": [],
         *       "settings": {
         *         "strictEventTypes": true,
         *         "validatePayloads": true
         *       }
         *     }
         */
        EnvironmentExportOut: {
            version: number;
            /** Format: date-time */
            createdAt: string;
            eventTypes: components["schemas"]["EventTypeOut"][];
            settings: {
                [key: string]: unknown;
            } | null;
            /** @description There are none here. */
            connectors: unknown[];
        };
        /**
         * @example {
         *       "eventTypes": [
         *         {
         *           "name": "invoice.paid",
         *           "description": "An invoice was paid in full.",
         *           "schemas": {
         *             "1": {
         *               "type": "object",
         *               "required": [
         *                 "invoiceId"
         *               ],
         *               "properties": {
         *                 "invoiceId": {
         *                   "type": "string"
         *                 },
         *                 "amount": {
         *                   "type": "integer"
         *                 },
         *                 "currency": {
         *                   "type": "string"
         *                 }
         *               },
         *               "examples": [
         *                 {
         *                   "invoiceId": "in_1042",
         *                   "amount": 12500,
         *                   "currency": "EUR"
         *                 }
         *               ]
         *             }
         *           },
         *           "groupName": "invoices",
         *           "deprecated": false
         *         }
         *       ],
         *       "settings": {
         *         "strictEventTypes": true
         *       }
         *     }
         */
        EnvironmentImportIn: {
            /** @description As in an export. */
            eventTypes?: unknown | null;
            settings?: ({
                strictEventTypes?: boolean | null;
                validatePayloads?: boolean | null;
            } & {
                [key: string]: unknown;
            }) | null;
            connectors?: unknown[] | null;
        };
        /**
         * @example {
         *       "dryRun": true,
         *       "replaceAll": false,
         *       "spec": {
         *         "openapi": "3.1.0",
         *         "webhooks": {
         *           "invoice.paid": {
         *             "post": {
         *               "description": "An invoice was paid in full."
         *             }
         *           }
         *         }
         *       }
         *     }
         */
        EventTypeImportOpenApiIn: {
            /** @description An OpenAPI document. Its `webhooks` become event types. */
            spec?: unknown | null;
            /** @description The same as a text of JSON or YAML. */
            specRaw?: string | null;
            /** @description Only tell what would be modified. */
            dryRun?: boolean | null;
            /** @description Archive the event types that the document does not have. */
            replaceAll?: boolean | null;
        };
        /**
         * @example {
         *       "data": {
         *         "modified": [],
         *         "to_modify": [
         *           {
         *             "name": "invoice.paid",
         *             "description": "An invoice was paid in full.",
         *             "deprecated": false
         *           }
         *         ]
         *       }
         *     }
         */
        EventTypeImportOpenApiOut: {
            data: components["schemas"]["EventTypeImportOpenApiOutData"];
        };
        EventTypeImportOpenApiOutData: {
            modified: string[];
            /** @description What a dry run would write. */
            to_modify?: components["schemas"]["EventTypeFromOpenApi"][];
        };
        EventTypeFromOpenApi: {
            name: string;
            description: string;
            deprecated: boolean;
            schemas?: {
                [key: string]: unknown;
            };
            featureFlag?: string;
            featureFlags?: string[];
            groupName?: string;
        };
        /**
         * @example {
         *       "openapi": "3.1.0",
         *       "webhooks": {
         *         "invoice.paid": {
         *           "post": {
         *             "requestBody": {
         *               "content": {
         *                 "application/json": {
         *                   "schema": {
         *                     "type": "object",
         *                     "required": [
         *                       "invoiceId"
         *                     ],
         *                     "properties": {
         *                       "invoiceId": {
         *                         "type": "string"
         *                       },
         *                       "amount": {
         *                         "type": "integer"
         *                       },
         *                       "currency": {
         *                         "type": "string"
         *                       }
         *                     },
         *                     "examples": [
         *                       {
         *                         "invoiceId": "in_1042",
         *                         "amount": 12500,
         *                         "currency": "EUR"
         *                       }
         *                     ]
         *                   }
         *                 }
         *               }
         *             }
         *           }
         *         }
         *       }
         *     }
         */
        OpenApiDocument: {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "eventType": "invoice.paid",
         *       "channels": [
         *         "europe"
         *       ]
         *     }
         */
        MessagePrecheckIn: {
            eventType: string;
            channels?: string[] | null;
        };
        /**
         * @example {
         *       "active": true
         *     }
         */
        MessagePrecheckOut: {
            active: boolean;
        };
        /**
         * @example {
         *       "id": "qtask_2xRkF5u1ZkC8rLm4NvTg7PsYbWd",
         *       "status": "running",
         *       "task": "endpoint.recover",
         *       "updatedAt": "2026-03-04T16:40:00.003Z"
         *     }
         */
        BackgroundTaskStarted: {
            id: string;
            /** @enum {string} */
            status: "running" | "finished" | "failed";
            task: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @example {
         *       "ids": [
         *         "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw"
         *       ]
         *     }
         */
        BulkExpungeContentsIn: {
            ids: string[];
        };
        /**
         * @example {
         *       "results": {
         *         "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw": "expunged"
         *       }
         *     }
         */
        BulkExpungeContentsOut: {
            results: {
                [key: string]: "expunged" | "not-found";
            };
        };
        /**
         * @example {
         *       "eventType": "invoice.paid",
         *       "eventId": "in_1042-paid",
         *       "channels": [
         *         "europe"
         *       ],
         *       "tags": [
         *         "march"
         *       ],
         *       "payload": {
         *         "invoiceId": "in_1042",
         *         "amount": 12500,
         *         "currency": "EUR"
         *       }
         *     }
         */
        MessageIn: {
            eventType: string;
            /** @description Any JSON. Stored, signed and sent byte for byte as it stands here. */
            payload: unknown;
            eventId?: string | null;
            channels?: string[] | null;
            tags?: string[] | null;
            /** @description Endpoints that keep an order by key deliver messages with the same key one after the other. */
            orderingKey?: string | null;
            deliverAt?: string | null;
            /** @description Creates the application of the path when there is none of that uid. */
            application?: components["schemas"]["ApplicationIn"] | null;
            /** @description `rawPayload`, a JSON text, takes the place of `payload`. */
            transformationsParams?: ({
                rawPayload?: string | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description In days. */
            payloadRetentionPeriod?: number | null;
            payloadRetentionHours?: number | null;
        };
        /**
         * @example {
         *       "id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *       "eventType": "invoice.paid",
         *       "eventId": "in_1042-paid",
         *       "channels": [
         *         "europe"
         *       ],
         *       "tags": [
         *         "march"
         *       ],
         *       "timestamp": "2026-03-05T08:30:00.512Z",
         *       "payload": {
         *         "invoiceId": "in_1042",
         *         "amount": 12500,
         *         "currency": "EUR"
         *       }
         *     }
         */
        MessageOut: {
            id: string;
            eventType: string;
            eventId?: string;
            channels?: string[];
            tags?: string[];
            orderingKey?: string;
            /** Format: date-time */
            deliverAt?: string;
            /** Format: date-time */
            timestamp: string;
            /** @description As it was sent; `{}` when contents were not asked for. */
            payload: unknown;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *           "eventType": "invoice.paid",
         *           "eventId": "in_1042-paid",
         *           "channels": [
         *             "europe"
         *           ],
         *           "tags": [
         *             "march"
         *           ],
         *           "timestamp": "2026-03-05T08:30:00.512Z",
         *           "payload": {
         *             "invoiceId": "in_1042",
         *             "amount": 12500,
         *             "currency": "EUR"
         *           }
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseMessageOut: {
            data: components["schemas"]["MessageOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "atmpt_2xRkD3h7JxN0sWv5KcYf9LgRtPb",
         *           "msgId": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *           "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "url": "https://hooks.example.com/invoices",
         *           "status": 0,
         *           "statusText": "success",
         *           "response": "ok",
         *           "responseStatusCode": 200,
         *           "responseDurationMs": 84,
         *           "triggerType": 0,
         *           "timestamp": "2026-03-05T08:30:00.601Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseMessageAttemptOut: {
            data: components["schemas"]["MessageAttemptOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "atmpt_2xRkD3h7JxN0sWv5KcYf9LgRtPb",
         *       "msgId": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *       "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "url": "https://hooks.example.com/invoices",
         *       "status": 0,
         *       "statusText": "success",
         *       "response": "ok",
         *       "responseStatusCode": 200,
         *       "responseDurationMs": 84,
         *       "triggerType": 0,
         *       "timestamp": "2026-03-05T08:30:00.601Z"
         *     }
         */
        MessageAttemptOut: {
            id: string;
            msgId: string;
            endpointId: string;
            url: string;
            /** @description 0 success, 1 pending, 2 fail, 3 sending, 4 canceled */
            status: number;
            /** @enum {string} */
            statusText: "success" | "pending" | "fail" | "sending" | "canceled";
            response: string;
            /** @description 0 when there was no response. */
            responseStatusCode: number;
            responseDurationMs: number;
            /** @description Why there was no usable response; `unknown` when the worker vanished. */
            error?: string;
            /** @description 0 scheduled, 1 manual */
            triggerType: number;
            /** Format: date-time */
            timestamp: string;
            /** @description Without its payload. */
            msg?: components["schemas"]["MessageOut"];
        };
        /** @example {} */
        EmptyResponse: Record<string, never>;
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *           "eventType": "invoice.paid",
         *           "eventId": "in_1042-paid",
         *           "channels": [
         *             "europe"
         *           ],
         *           "tags": [
         *             "march"
         *           ],
         *           "timestamp": "2026-03-05T08:30:00.512Z",
         *           "payload": {
         *             "invoiceId": "in_1042",
         *             "amount": 12500,
         *             "currency": "EUR"
         *           },
         *           "status": 0,
         *           "statusText": "success"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseEndpointMessageOut: {
            data: components["schemas"]["EndpointMessageOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *       "eventType": "invoice.paid",
         *       "eventId": "in_1042-paid",
         *       "channels": [
         *         "europe"
         *       ],
         *       "tags": [
         *         "march"
         *       ],
         *       "timestamp": "2026-03-05T08:30:00.512Z",
         *       "payload": {
         *         "invoiceId": "in_1042",
         *         "amount": 12500,
         *         "currency": "EUR"
         *       },
         *       "status": 0,
         *       "statusText": "success"
         *     }
         */
        EndpointMessageOut: {
            id: string;
            eventType: string;
            eventId?: string;
            channels?: string[];
            tags?: string[];
            orderingKey?: string;
            /** Format: date-time */
            deliverAt?: string;
            /** Format: date-time */
            timestamp: string;
            /** @description As it was sent; `{}` when contents were not asked for. */
            payload: unknown;
            /** @description 0 success, 1 pending, 2 fail, 3 sending, 4 canceled */
            status: number;
            /** @enum {string} */
            statusText: "success" | "pending" | "fail" | "sending" | "canceled";
            /** Format: date-time */
            nextAttempt?: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "url": "https://hooks.example.com/invoices",
         *           "description": "Bookkeeping of customer 42",
         *           "uid": "bookkeeping",
         *           "disabled": false,
         *           "eventTypes": [
         *             "invoice.paid"
         *           ],
         *           "channels": [
         *             "europe"
         *           ],
         *           "throttleRate": 20,
         *           "retrySchedule": [
         *             5,
         *             300,
         *             1800,
         *             7200
         *           ],
         *           "timeoutMs": 15000,
         *           "filter": {
         *             "currency": [
         *               "EUR"
         *             ],
         *             "amount": {
         *               "$gte": 10000
         *             }
         *           },
         *           "filterTypes": [
         *             "invoice.paid"
         *           ],
         *           "rateLimit": 20,
         *           "version": 3,
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z",
         *           "status": 0,
         *           "statusText": "success"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseMessageEndpointOut: {
            data: components["schemas"]["MessageEndpointOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "url": "https://hooks.example.com/invoices",
         *       "description": "Bookkeeping of customer 42",
         *       "uid": "bookkeeping",
         *       "disabled": false,
         *       "eventTypes": [
         *         "invoice.paid"
         *       ],
         *       "channels": [
         *         "europe"
         *       ],
         *       "throttleRate": 20,
         *       "retrySchedule": [
         *         5,
         *         300,
         *         1800,
         *         7200
         *       ],
         *       "timeoutMs": 15000,
         *       "filter": {
         *         "currency": [
         *           "EUR"
         *         ],
         *         "amount": {
         *           "$gte": 10000
         *         }
         *       },
         *       "filterTypes": [
         *         "invoice.paid"
         *       ],
         *       "rateLimit": 20,
         *       "version": 3,
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "updatedAt": "2026-03-04T16:40:00.003Z",
         *       "status": 0,
         *       "statusText": "success"
         *     }
         */
        MessageEndpointOut: {
            id: string;
            uid?: string;
            url: string;
            description: string;
            disabled: boolean;
            /** @enum {string} */
            disabledReason?: "manual" | "gone" | "failing";
            eventTypes?: string[];
            filterTypes?: string[];
            channels?: string[];
            throttleRate?: number;
            rateLimit?: number;
            retrySchedule?: number[];
            timeoutMs?: number;
            maxInFlight?: number;
            ordering?: {
                /** @enum {string} */
                by: "endpoint" | "key";
                /** @enum {string} */
                onFailure: "block" | "continue";
            };
            filter?: {
                [key: string]: unknown;
            };
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description 0 success, 1 pending, 2 fail, 3 sending, 4 canceled */
            status: number;
            /** @enum {string} */
            statusText: "success" | "pending" | "fail" | "sending" | "canceled";
            /** Format: date-time */
            nextAttempt?: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "qtask_2xRkF5u1ZkC8rLm4NvTg7PsYbWd",
         *           "type": "endpoint.recover",
         *           "state": "running",
         *           "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *           "input": {
         *             "since": "2026-03-01T00:00:00.000Z"
         *           },
         *           "scanned": 1210,
         *           "affected": 2,
         *           "failures": 0,
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseTaskOut: {
            data: components["schemas"]["TaskOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "qtask_2xRkF5u1ZkC8rLm4NvTg7PsYbWd",
         *       "type": "endpoint.recover",
         *       "state": "running",
         *       "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *       "input": {
         *         "since": "2026-03-01T00:00:00.000Z"
         *       },
         *       "scanned": 1210,
         *       "affected": 2,
         *       "failures": 0,
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "updatedAt": "2026-03-04T16:40:00.003Z"
         *     }
         */
        TaskOut: {
            id: string;
            type: string;
            /** @enum {string} */
            state: "waiting" | "running" | "paused" | "finished" | "failed" | "cancelled";
            appId?: string;
            input: {
                [key: string]: unknown;
            };
            /** @description Messages or deliveries looked at so far. */
            scanned: number;
            /** @description Deliveries added, or contents forgotten, so far. */
            affected: number;
            result?: {
                [key: string]: unknown;
            };
            failure?: string;
            /** @description Batches in a row that failed; they are tried again. */
            failures: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            endedAt?: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "qtask_2xRkF5u1ZkC8rLm4NvTg7PsYbWd",
         *           "status": "running",
         *           "task": "endpoint.recover",
         *           "updatedAt": "2026-03-04T16:40:00.003Z",
         *           "data": {
         *             "scanned": 1210,
         *             "affected": 2
         *           }
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseBackgroundTaskOut: {
            data: components["schemas"]["BackgroundTaskOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "qtask_2xRkF5u1ZkC8rLm4NvTg7PsYbWd",
         *       "status": "running",
         *       "task": "endpoint.recover",
         *       "updatedAt": "2026-03-04T16:40:00.003Z",
         *       "data": {
         *         "scanned": 1210,
         *         "affected": 2
         *       }
         *     }
         */
        BackgroundTaskOut: {
            id: string;
            /** @enum {string} */
            status: "running" | "finished" | "failed";
            task: string;
            /** Format: date-time */
            updatedAt: string;
            data: {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "since": "2026-03-01T00:00:00.000Z",
         *       "until": "2026-03-05T00:00:00.000Z"
         *     }
         */
        RecoverIn: {
            /** Format: date-time */
            since: string;
            until?: string | null;
        };
        /**
         * @example {
         *       "wouldReplay": 2,
         *       "scanned": 1210,
         *       "complete": true,
         *       "endpoints": [
         *         {
         *           "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *           "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "count": 2
         *         }
         *       ]
         *     }
         */
        ReplayPlan: {
            /** @description Deliveries that would be added. */
            wouldReplay: number;
            /** @description Messages or deliveries that were looked at. */
            scanned: number;
            /** @description False when there is more than a dry run looks at. */
            complete: boolean;
            endpoints: components["schemas"]["ReplayPlanEndpoint"][];
        };
        ReplayPlanEndpoint: {
            appId: string;
            endpointId: string;
            count: number;
        };
        /**
         * @example {
         *       "since": "2026-03-01T00:00:00.000Z",
         *       "until": "2026-03-05T00:00:00.000Z"
         *     }
         */
        ReplayIn: {
            /** Format: date-time */
            since: string;
            until?: string | null;
        };
        /**
         * @example {
         *       "since": "2026-03-01T00:00:00.000Z",
         *       "until": "2026-03-05T00:00:00.000Z",
         *       "eventTypes": [
         *         "invoice.paid"
         *       ]
         *     }
         */
        BulkReplayIn: {
            /** Format: date-time */
            since: string;
            until?: string | null;
            eventTypes?: string[] | null;
            channel?: string | null;
            tag?: string | null;
            status?: number | null;
            statusCodeClass?: number | null;
        };
        /**
         * @example {
         *       "success": 1204,
         *       "pending": 3,
         *       "sending": 1,
         *       "fail": 2,
         *       "canceled": 0
         *     }
         */
        EndpointStats: {
            success: number;
            pending: number;
            sending: number;
            fail: number;
            canceled: number;
        };
        /**
         * @example {
         *       "eventType": "invoice.paid",
         *       "exampleIndex": 0
         *     }
         */
        EventExampleIn: {
            eventType: string;
            exampleIndex?: number | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *           "eventType": "invoice.paid",
         *           "eventId": "in_1042-paid",
         *           "channels": [
         *             "europe"
         *           ],
         *           "tags": [
         *             "march"
         *           ],
         *           "timestamp": "2026-03-05T08:30:00.512Z",
         *           "payload": {
         *             "invoiceId": "in_1042",
         *             "amount": 12500,
         *             "currency": "EUR"
         *           }
         *         }
         *       ],
         *       "iterator": "ZjE6MTA0Mg",
         *       "done": true
         *     }
         */
        PollingEndpointOut: {
            data: components["schemas"]["MessageOut"][];
            iterator: string;
            done: boolean;
        };
        /**
         * @example {
         *       "after": "2026-03-01T00:00:00.000Z"
         *     }
         */
        PollingEndpointConsumerSeekIn: {
            /** Format: date-time */
            after: string;
        };
        /**
         * @example {
         *       "iterator": "ZjE6MTA0Mg"
         *     }
         */
        PollingEndpointConsumerSeekOut: {
            iterator: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "dlv_2xRkC9z8MtB4wQe1XpHj6FnVdGy",
         *           "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *           "msgId": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *           "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "eventType": "invoice.paid",
         *           "status": "pending",
         *           "trigger": "scheduled",
         *           "attempts": 1,
         *           "lastStatusCode": 503,
         *           "nextAttempt": "2026-03-05T08:35:00.000Z",
         *           "createdAt": "2026-03-05T08:30:00.512Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseDeliveryOut: {
            data: components["schemas"]["DeliveryOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "dlv_2xRkC9z8MtB4wQe1XpHj6FnVdGy",
         *       "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *       "msgId": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *       "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "eventType": "invoice.paid",
         *       "status": "pending",
         *       "trigger": "scheduled",
         *       "attempts": 1,
         *       "lastStatusCode": 503,
         *       "nextAttempt": "2026-03-05T08:35:00.000Z",
         *       "createdAt": "2026-03-05T08:30:00.512Z"
         *     }
         */
        DeliveryOut: {
            id: string;
            appId: string;
            msgId: string;
            endpointId: string;
            eventType?: string;
            /** @enum {string} */
            status: "pending" | "in_flight" | "delivered" | "dead_letter" | "cancelled";
            /** @description Why it ended without success. */
            reason?: string;
            /** @enum {string} */
            trigger: "scheduled" | "manual";
            attempts: number;
            /** @description What the last attempt was answered with; 0 when it got no response. */
            lastStatusCode?: number;
            /** @description Why the last attempt got no usable response. */
            lastError?: string;
            /** Format: date-time */
            nextAttempt?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt?: string;
        };
        /**
         * @example {
         *       "id": "dlv_2xRkC9z8MtB4wQe1XpHj6FnVdGy",
         *       "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *       "msgId": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *       "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "eventType": "invoice.paid",
         *       "status": "pending",
         *       "trigger": "scheduled",
         *       "attempts": 1,
         *       "lastStatusCode": 503,
         *       "nextAttempt": "2026-03-05T08:35:00.000Z",
         *       "createdAt": "2026-03-05T08:30:00.512Z",
         *       "why": [
         *         {
         *           "at": "2026-03-05T08:30:00.512Z",
         *           "kind": "matched",
         *           "detail": "The endpoint subscribes to invoice.paid."
         *         },
         *         {
         *           "at": "2026-03-05T08:30:00.601Z",
         *           "kind": "attempt",
         *           "detail": "Attempt 1 was answered with 503.",
         *           "attemptId": "atmpt_2xRkD3h7JxN0sWv5KcYf9LgRtPb"
         *         },
         *         {
         *           "at": "2026-03-05T08:35:00.000Z",
         *           "kind": "waiting",
         *           "detail": "The next attempt is due then."
         *         }
         *       ]
         *     }
         */
        DeliveryDetailOut: {
            id: string;
            appId: string;
            msgId: string;
            endpointId: string;
            eventType?: string;
            /** @enum {string} */
            status: "pending" | "in_flight" | "delivered" | "dead_letter" | "cancelled";
            /** @description Why it ended without success. */
            reason?: string;
            /** @enum {string} */
            trigger: "scheduled" | "manual";
            attempts: number;
            /** @description What the last attempt was answered with; 0 when it got no response. */
            lastStatusCode?: number;
            /** @description Why the last attempt got no usable response. */
            lastError?: string;
            /** Format: date-time */
            nextAttempt?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt?: string;
            /** @description The delivery that it stands behind: the endpoint keeps an order. */
            waitsFor?: string;
            why: components["schemas"]["DeliveryStep"][];
        };
        DeliveryStep: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "matched" | "requested" | "attempt" | "waiting" | "in_flight" | "ended";
            detail: string;
            attemptId?: string;
        };
        /**
         * @description accepted = delivered + pending + inFlight + dead + cancelled
         * @example {
         *       "accepted": 1210,
         *       "delivered": 1204,
         *       "pending": 3,
         *       "inFlight": 1,
         *       "dead": 2,
         *       "cancelled": 0
         *     }
         */
        LedgerOut: {
            /** @description Deliveries that were ever made: of publishes and of replays. */
            accepted: number;
            delivered: number;
            pending: number;
            inFlight: number;
            dead: number;
            cancelled: number;
        };
        /**
         * @example {
         *       "groups": [
         *         {
         *           "reason": "exhausted",
         *           "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *           "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "count": 2,
         *           "oldestId": "dlv_2xRkC9z8MtB4wQe1XpHj6FnVdGy",
         *           "newestId": "dlv_2xRkH2p6RcV9nYb3ZtMk8QwLsFd"
         *         }
         *       ]
         *     }
         */
        DeadLetterGroups: {
            groups: components["schemas"]["DeadLetterGroup"][];
        };
        DeadLetterGroup: {
            reason: string;
            appId: string;
            endpointId: string;
            count: number;
            oldestId: string;
            newestId: string;
        };
        /**
         * @description One line of the export.
         * @example {
         *       "id": "dlv_2xRkC9z8MtB4wQe1XpHj6FnVdGy",
         *       "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *       "msgId": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *       "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "eventType": "invoice.paid",
         *       "status": "dead_letter",
         *       "trigger": "scheduled",
         *       "attempts": 9,
         *       "lastStatusCode": 503,
         *       "createdAt": "2026-03-05T08:30:00.512Z",
         *       "reason": "exhausted",
         *       "endedAt": "2026-03-05T00:00:00.000Z",
         *       "message": {
         *         "id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw",
         *         "eventType": "invoice.paid",
         *         "eventId": "in_1042-paid",
         *         "channels": [
         *           "europe"
         *         ],
         *         "tags": [
         *           "march"
         *         ],
         *         "timestamp": "2026-03-05T08:30:00.512Z",
         *         "payload": {
         *           "invoiceId": "in_1042",
         *           "amount": 12500,
         *           "currency": "EUR"
         *         }
         *       }
         *     }
         */
        DeadLetterLine: {
            id: string;
            appId: string;
            msgId: string;
            endpointId: string;
            eventType?: string;
            /** @enum {string} */
            status: "pending" | "in_flight" | "delivered" | "dead_letter" | "cancelled";
            /** @description Why it ended without success. */
            reason?: string;
            /** @enum {string} */
            trigger: "scheduled" | "manual";
            attempts: number;
            /** @description What the last attempt was answered with; 0 when it got no response. */
            lastStatusCode?: number;
            /** @description Why the last attempt got no usable response. */
            lastError?: string;
            /** Format: date-time */
            nextAttempt?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt?: string;
            /** @description Absent once retention took it. */
            message?: components["schemas"]["MessageOut"];
        };
        /**
         * @example {
         *       "appId": "customer-42",
         *       "reason": "exhausted",
         *       "since": "2026-03-01T00:00:00.000Z",
         *       "until": "2026-03-05T00:00:00.000Z",
         *       "ratePerSecond": 50
         *     }
         */
        DeadLetterReplayIn: {
            appId?: string | null;
            reason?: ("exhausted" | "endpoint_disabled" | "endpoint_gone" | "blocked_address" | "payload_too_large" | "internal") | null;
            /** Format: date-time */
            since: string;
            until?: string | null;
            /** @description Deliveries added per second; 500 when absent. */
            ratePerSecond?: number | null;
        };
        /**
         * @example {
         *       "endpoints": [
         *         {
         *           "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "matches": true,
         *           "deliveryId": "dlv_2xRkC9z8MtB4wQe1XpHj6FnVdGy",
         *           "status": "delivered"
         *         }
         *       ]
         *     }
         */
        MessageExplainOut: {
            endpoints: components["schemas"]["MessageExplanation"][];
        };
        MessageExplanation: {
            endpointId: string;
            /** @description By its subscription as it is now. */
            matches: boolean;
            /**
             * @description Why it does not match.
             * @enum {string}
             */
            why?: "disabled" | "event_type" | "channels" | "filtered";
            /** @description The newest delivery there, where there is one. */
            deliveryId?: string;
            status?: string;
        };
        /**
         * @example {
         *       "plugins": [
         *         {
         *           "name": "@postrider/storage-sqlite",
         *           "version": "0.1.0",
         *           "state": "running",
         *           "provides": [
         *             {
         *               "id": "postrider.storage",
         *               "version": 1
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        PluginsOut: {
            plugins: components["schemas"]["PluginOut"][];
        };
        PluginOut: {
            name: string;
            version: string;
            state: string;
            provides: {
                id: string;
                version: number;
            }[];
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "url": "https://ops.example.com/postrider",
         *           "description": "On call",
         *           "uid": "on-call",
         *           "eventTypes": [
         *             "endpoint.disabled",
         *             "message.dead_letter"
         *           ],
         *           "filterTypes": [
         *             "endpoint.disabled",
         *             "message.dead_letter"
         *           ],
         *           "disabled": false,
         *           "metadata": {},
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseOperationalWebhookEndpointOut: {
            data: components["schemas"]["OperationalWebhookEndpointOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "url": "https://ops.example.com/postrider",
         *       "description": "On call",
         *       "uid": "on-call",
         *       "eventTypes": [
         *         "endpoint.disabled",
         *         "message.dead_letter"
         *       ],
         *       "filterTypes": [
         *         "endpoint.disabled",
         *         "message.dead_letter"
         *       ],
         *       "disabled": false,
         *       "metadata": {},
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "updatedAt": "2026-03-04T16:40:00.003Z"
         *     }
         */
        OperationalWebhookEndpointOut: {
            id: string;
            uid?: string;
            url: string;
            description: string;
            disabled: boolean;
            eventTypes?: string[];
            filterTypes?: string[];
            throttleRate?: number;
            rateLimit?: number;
            metadata: {
                [key: string]: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @example {
         *       "url": "https://ops.example.com/postrider",
         *       "description": "On call",
         *       "uid": "on-call",
         *       "eventTypes": [
         *         "endpoint.disabled",
         *         "message.dead_letter"
         *       ]
         *     }
         */
        OperationalWebhookEndpointIn: {
            url: string;
            description?: string | null;
            uid?: string | null;
            disabled?: boolean | null;
            /** @description Which events to be told of; all when absent. */
            eventTypes?: ("alert.raised" | "alert.escalated" | "alert.resolved" | "endpoint.created" | "endpoint.updated" | "endpoint.deleted" | "endpoint.failing" | "endpoint.disabled" | "health.changed" | "message.attempt.exhausted" | "message.dead_letter")[] | null;
            /** @description Which events to be told of; all when absent. */
            filterTypes?: ("alert.raised" | "alert.escalated" | "alert.resolved" | "endpoint.created" | "endpoint.updated" | "endpoint.deleted" | "endpoint.failing" | "endpoint.disabled" | "health.changed" | "message.attempt.exhausted" | "message.dead_letter")[] | null;
            throttleRate?: number | null;
            rateLimit?: number | null;
            metadata?: {
                [key: string]: string;
            } | null;
            headers?: {
                [key: string]: string;
            } | null;
            secret?: string | null;
        };
        /**
         * @example {
         *       "url": "https://ops.example.com/postrider",
         *       "description": "On call",
         *       "uid": "on-call",
         *       "eventTypes": [
         *         "endpoint.disabled",
         *         "message.dead_letter"
         *       ]
         *     }
         */
        OperationalWebhookEndpointUpdate: {
            url: string;
            description?: string | null;
            uid?: string | null;
            disabled?: boolean | null;
            /** @description Which events to be told of; all when absent. */
            eventTypes?: ("alert.raised" | "alert.escalated" | "alert.resolved" | "endpoint.created" | "endpoint.updated" | "endpoint.deleted" | "endpoint.failing" | "endpoint.disabled" | "health.changed" | "message.attempt.exhausted" | "message.dead_letter")[] | null;
            /** @description Which events to be told of; all when absent. */
            filterTypes?: ("alert.raised" | "alert.escalated" | "alert.resolved" | "endpoint.created" | "endpoint.updated" | "endpoint.deleted" | "endpoint.failing" | "endpoint.disabled" | "health.changed" | "message.attempt.exhausted" | "message.dead_letter")[] | null;
            throttleRate?: number | null;
            rateLimit?: number | null;
            metadata?: {
                [key: string]: string;
            } | null;
            headers?: {
                [key: string]: string;
            } | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "integ_2xRkG4w9TdX1mKc7VzPn5HyJqLb",
         *           "name": "Shop",
         *           "featureFlags": [
         *             "beta"
         *           ],
         *           "createdAt": "2026-03-02T09:15:04.120Z",
         *           "updatedAt": "2026-03-04T16:40:00.003Z"
         *         }
         *       ],
         *       "iterator": null,
         *       "prevIterator": null,
         *       "done": true
         *     }
         */
        ListResponseIntegrationOut: {
            data: components["schemas"]["IntegrationOut"][];
            iterator: string | null;
            prevIterator: string | null;
            done: boolean;
        };
        /**
         * @example {
         *       "id": "integ_2xRkG4w9TdX1mKc7VzPn5HyJqLb",
         *       "name": "Shop",
         *       "featureFlags": [
         *         "beta"
         *       ],
         *       "createdAt": "2026-03-02T09:15:04.120Z",
         *       "updatedAt": "2026-03-04T16:40:00.003Z"
         *     }
         */
        IntegrationOut: {
            id: string;
            name: string;
            featureFlags?: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @example {
         *       "name": "Shop",
         *       "featureFlags": [
         *         "beta"
         *       ]
         *     }
         */
        IntegrationIn: {
            name: string;
            /** @description Kept, and of no effect. */
            featureFlags?: string[] | null;
        };
        /**
         * @example {
         *       "name": "Shop",
         *       "featureFlags": null
         *     }
         */
        IntegrationUpdate: {
            name: string;
            /** @description Kept, and of no effect. */
            featureFlags?: string[] | null;
        };
        /**
         * @example {
         *       "key": "pr_4Zq8sVbN2xTc_…"
         *     }
         */
        IntegrationKeyOut: {
            /** @description Shown this once; the one before is no longer valid. */
            key: string;
        };
        /**
         * @example {
         *       "appId": "customer-42",
         *       "eventType": "invoice.paid",
         *       "payload": {
         *         "invoiceId": "in_1042",
         *         "amount": 12500,
         *         "currency": "EUR"
         *       }
         *     }
         */
        SimulationIn: {
            appId: string;
            eventType: string;
            /** @description Any JSON, as it would be published. */
            payload: unknown;
            channels?: string[] | null;
            tags?: string[] | null;
            deliverAt?: string | null;
        };
        /**
         * @example {
         *       "now": "2026-03-05T08:30:00.512Z",
         *       "appId": "app_2xRk7VfQm0b9TzYc3LdWn8GhJpS",
         *       "eventType": "invoice.paid",
         *       "eventTypeState": "known",
         *       "payloadBytes": 55,
         *       "deliveries": 1,
         *       "endpoints": [
         *         {
         *           "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "url": "https://hooks.example.com/invoices",
         *           "matches": true,
         *           "breaker": "closed",
         *           "timeoutMs": 15000,
         *           "attempts": [
         *             {
         *               "number": 1,
         *               "at": "2026-03-05T08:30:00.512Z",
         *               "delaySeconds": 0
         *             }
         *           ],
         *           "request": {
         *             "method": "POST",
         *             "url": "https://hooks.example.com/invoices",
         *             "sensitive": [],
         *             "headers": {
         *               "content-type": "application/json",
         *               "webhook-id": "msg_2xRkC9y2GfL6pDr8TjZm1VbQnSw"
         *             },
         *             "body": "{\"invoiceId\":\"in_1042\",\"amount\":12500,\"currency\":\"EUR\"}"
         *           }
         *         }
         *       ]
         *     }
         */
        SimulationOut: {
            /** Format: date-time */
            now: string;
            appId: string;
            eventType: string;
            /**
             * @description Messages of unknown event types are accepted; endpoints can only name known ones.
             * @enum {string}
             */
            eventTypeState: "known" | "archived" | "unknown";
            payloadBytes: number;
            /** @description How many endpoints would receive it. */
            deliveries: number;
            endpoints: components["schemas"]["SimulatedEndpoint"][];
        };
        SimulatedEndpoint: {
            endpointId: string;
            url: string;
            matches: boolean;
            /** @description Why it would not receive the message. */
            why?: string;
            /** @enum {string} */
            breaker?: "closed" | "open" | "half_open" | "isolated" | "disabled";
            /**
             * Format: date-time
             * @description Until then its breaker holds everything back.
             */
            heldUntil?: string;
            /** @description Deadline of one attempt. */
            timeoutMs?: number;
            /** @description When attempts would be made if each one failed at once; real delays vary a little. */
            attempts?: components["schemas"]["PlannedAttempt"][];
            request?: components["schemas"]["RequestPreview"];
        };
        PlannedAttempt: {
            number: number;
            /** Format: date-time */
            at: string;
            /** @description After the attempt before; of the first one, after now. */
            delaySeconds: number;
        };
        RequestPreview: {
            /** @enum {string} */
            method: "POST";
            url: string;
            /** @description With real signatures, as of `now`. */
            headers: {
                [key: string]: string;
            };
            /** @description Names of custom headers whose values are not shown. */
            sensitive: string[];
            body: string;
        };
        /**
         * @example {
         *       "since": "2026-03-01T00:00:00.000Z",
         *       "until": "2026-03-05T00:00:00.000Z"
         *     }
         */
        AppUsageStatsIn: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            appIds?: string[] | null;
        };
        /**
         * @example {
         *       "id": "qtask_2xRkF5u1ZkC8rLm4NvTg7PsYbWd",
         *       "status": "running",
         *       "task": "application.stats",
         *       "updatedAt": "2026-03-04T16:40:00.003Z",
         *       "unresolvedAppIds": []
         *     }
         */
        AppUsageStatsOut: {
            id: string;
            /** @enum {string} */
            status: "running" | "finished" | "failed";
            task: string;
            /** Format: date-time */
            updatedAt: string;
            unresolvedAppIds: string[];
        };
        /**
         * @example {
         *       "periodStart": "2026-03-01T00:00:00.000Z",
         *       "periodEnd": "2026-03-05T00:00:00.000Z",
         *       "totalEvents": 1180,
         *       "events": {
         *         "invoice.paid": 1180
         *       },
         *       "deliveries": 1206,
         *       "successRate": 0.998,
         *       "attemptSuccessRate": 0.981,
         *       "averageResponseTime": 0.084,
         *       "topEndpoints": [
         *         {
         *           "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *           "count": 1206
         *         }
         *       ],
         *       "errorBreakdown": {
         *         "http_503": 21,
         *         "timeout": 2
         *       },
         *       "hourlyDistribution": {
         *         "8": 610,
         *         "9": 596
         *       },
         *       "performance": {
         *         "min": 0.012,
         *         "max": 1.9,
         *         "p50": 0.071,
         *         "p95": 0.31,
         *         "p99": 0.88,
         *         "averageRetryCount": 0.02,
         *         "maxRetryCount": 8,
         *         "retryRate": 0.019
         *       }
         *     }
         */
        PerformanceReport: {
            /** Format: date-time */
            periodStart: string;
            /** Format: date-time */
            periodEnd: string;
            totalEvents: number;
            events: {
                [key: string]: number;
            };
            /** @description Deliveries that ended: delivered or dead-lettered. */
            deliveries: number;
            /** @description Delivered ÷ `deliveries`. */
            successRate: number;
            /** @description Successful attempts ÷ attempts. */
            attemptSuccessRate: number;
            /** @description Of the attempts, in seconds. */
            averageResponseTime: number;
            topEndpoints: {
                endpointId: string;
                count: number;
            }[];
            /** @description Failed attempts by error kind or `http_<status code>`. */
            errorBreakdown: {
                [key: string]: number;
            };
            /** @description Ended deliveries by hour of the day, 0 to 23. */
            hourlyDistribution: {
                [key: string]: number;
            };
            performance: {
                min: number;
                max: number;
                p50: number;
                p95: number;
                p99: number;
                averageRetryCount: number;
                maxRetryCount: number;
                retryRate: number;
            };
        };
        /**
         * @example {
         *       "endpointId": "ep_2xRkA1s4EoU7iKq0MzXv5BtNwHc",
         *       "periodStart": "2026-03-01T00:00:00.000Z",
         *       "periodEnd": "2026-03-05T00:00:00.000Z",
         *       "deliveries": 1206,
         *       "delivered": 1204,
         *       "deadLettered": 2,
         *       "attempts": 1227,
         *       "successRate": 0.998,
         *       "responseTimes": {
         *         "average": 0.084,
         *         "min": 0.012,
         *         "max": 1.9,
         *         "p50": 0.071,
         *         "p95": 0.31,
         *         "p99": 0.88
         *       },
         *       "errors": {
         *         "http_503": 21,
         *         "timeout": 2
         *       },
         *       "daily": [
         *         {
         *           "date": "2026-03-04",
         *           "deliveries": 301,
         *           "errors": 4,
         *           "successRate": 1
         *         }
         *       ],
         *       "trend": {
         *         "direction": "stable",
         *         "firstHalfSuccessRate": 0.997,
         *         "secondHalfSuccessRate": 0.999
         *       }
         *     }
         */
        EndpointReport: {
            endpointId: string;
            /** Format: date-time */
            periodStart: string;
            /** Format: date-time */
            periodEnd: string;
            deliveries: number;
            delivered: number;
            deadLettered: number;
            attempts: number;
            successRate: number;
            responseTimes: {
                average: number;
                min: number;
                max: number;
                p50: number;
                p95: number;
                p99: number;
            };
            errors: {
                [key: string]: number;
            };
            daily: {
                date: string;
                deliveries: number;
                errors: number;
                successRate: number;
            }[];
            trend: {
                /** @enum {string} */
                direction: "improving" | "stable" | "declining" | "insufficient_data";
                firstHalfSuccessRate: number;
                secondHalfSuccessRate: number;
            };
        };
        /**
         * @example {
         *       "metric": "deliveries",
         *       "step": "day",
         *       "points": [
         *         {
         *           "at": "2026-03-01T00:00:00.000Z",
         *           "value": 301
         *         }
         *       ]
         *     }
         */
        Timeseries: {
            metric: string;
            step: string;
            points: {
                /** Format: date-time */
                at: string;
                value: number;
            }[];
        };
        /**
         * @description What this process has recorded; other replicas have their own.
         * @example {
         *       "timestamp": "2026-03-04T16:40:00.003Z",
         *       "windowSeconds": 300,
         *       "alerts": [
         *         {
         *           "id": "alert_1",
         *           "thresholdId": "queue",
         *           "metric": "webhook_queue_size",
         *           "severity": "warning",
         *           "level": 10000,
         *           "value": 12400,
         *           "raisedAt": "2026-03-04T16:40:00.003Z",
         *           "message": "webhook_queue_size is 12400, above 10000."
         *         }
         *       ],
         *       "healthScore": 96,
         *       "metrics": {
         *         "webhook_delivery_duration_seconds": {
         *           "count": 1210,
         *           "average": 0.084,
         *           "latest": 0.079
         *         }
         *       }
         *     }
         */
        MetricsSummaryOut: {
            /** Format: date-time */
            timestamp: string;
            windowSeconds: number;
            metrics: {
                [key: string]: components["schemas"]["WindowStatisticsOut"];
            };
            alerts: components["schemas"]["AlertOut"][];
            healthScore?: number;
        };
        WindowStatisticsOut: {
            count: number;
            average?: number;
            latest?: number;
        };
        /**
         * @example {
         *       "id": "alert_1",
         *       "thresholdId": "queue",
         *       "metric": "webhook_queue_size",
         *       "severity": "warning",
         *       "level": 10000,
         *       "value": 12400,
         *       "raisedAt": "2026-03-04T16:40:00.003Z",
         *       "message": "webhook_queue_size is 12400, above 10000."
         *     }
         */
        AlertOut: {
            id: string;
            thresholdId: string;
            metric: string;
            /** @enum {string} */
            severity: "warning" | "critical";
            level: number;
            value: number;
            /** Format: date-time */
            raisedAt: string;
            /**
             * Format: date-time
             * @description Absent while it lasts.
             */
            resolvedAt?: string;
            message: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "queue",
         *           "metric": "webhook_queue_size",
         *           "statistic": "latest",
         *           "windowSeconds": 300,
         *           "comparison": "above",
         *           "warning": 10000,
         *           "critical": 100000,
         *           "forSeconds": 60,
         *           "hysteresis": 0.1
         *         }
         *       ]
         *     }
         */
        ListResponseThresholdOut: {
            data: components["schemas"]["ThresholdOut"][];
        };
        /**
         * @example {
         *       "id": "queue",
         *       "metric": "webhook_queue_size",
         *       "statistic": "latest",
         *       "windowSeconds": 300,
         *       "comparison": "above",
         *       "warning": 10000,
         *       "critical": 100000,
         *       "forSeconds": 60,
         *       "hysteresis": 0.1
         *     }
         */
        ThresholdOut: {
            id: string;
            /** @enum {string} */
            metric: "webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info";
            labels?: {
                [key: string]: string;
            };
            /** @enum {string} */
            statistic: "count" | "average" | "latest" | "share";
            shareOf?: ("webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info")[];
            minimumCount?: number;
            windowSeconds: number;
            /** @enum {string} */
            comparison: "above" | "below";
            warning?: number;
            critical?: number;
            forSeconds: number;
            hysteresis: number;
            onlyWhile?: {
                /** @enum {string} */
                metric: "webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info";
                labels?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                statistic: "count" | "average" | "latest" | "share";
                shareOf?: ("webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info")[];
                minimumCount?: number;
                /** @enum {string} */
                comparison: "above" | "below";
                level: number;
            };
        };
        /**
         * @example {
         *       "metric": "webhook_queue_size",
         *       "statistic": "latest",
         *       "windowSeconds": 300,
         *       "comparison": "above",
         *       "warning": 10000,
         *       "critical": 100000,
         *       "forSeconds": 60,
         *       "hysteresis": 0.1
         *     }
         */
        ThresholdIn: {
            /** @enum {string} */
            metric?: "webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info";
            labels?: {
                [key: string]: string;
            };
            /** @enum {string} */
            statistic?: "count" | "average" | "latest" | "share";
            shareOf?: ("webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info")[];
            minimumCount?: number;
            windowSeconds?: number;
            /** @enum {string} */
            comparison?: "above" | "below";
            warning?: number;
            critical?: number;
            forSeconds?: number;
            hysteresis?: number;
            onlyWhile?: {
                /** @enum {string} */
                metric: "webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info";
                labels?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                statistic: "count" | "average" | "latest" | "share";
                shareOf?: ("webhook_deliveries_total" | "webhook_delivery_duration_seconds" | "webhook_queue_size" | "webhook_circuit_breaker_state" | "webhook_rate_limit_hits" | "webhook_validation_errors" | "webhook_retry_attempts" | "webhook_worker_utilization" | "webhook_attempts_total" | "webhook_publish_total" | "webhook_publish_batch_size" | "webhook_end_to_end_seconds" | "webhook_oldest_due_age_seconds" | "webhook_dead_letter_total" | "webhook_breaker_transitions_total" | "webhook_endpoints" | "webhook_endpoint_disabled_total" | "webhook_egress_blocked_total" | "webhook_cache_hits_total" | "webhook_cache_misses_total" | "webhook_cache_evictions_total" | "webhook_cache_expirations_total" | "webhook_cache_bytes" | "webhook_storage_batch_seconds" | "webhook_lease_lost_total" | "webhook_operational_events_lost_total" | "webhook_event_loop_lag_seconds" | "webhook_build_info")[];
                minimumCount?: number;
                /** @enum {string} */
                comparison: "above" | "below";
                level: number;
            };
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "alert_1",
         *           "thresholdId": "queue",
         *           "metric": "webhook_queue_size",
         *           "severity": "warning",
         *           "level": 10000,
         *           "value": 12400,
         *           "raisedAt": "2026-03-04T16:40:00.003Z",
         *           "message": "webhook_queue_size is 12400, above 10000."
         *         }
         *       ]
         *     }
         */
        ListResponseAlertOut: {
            data: components["schemas"]["AlertOut"][];
        };
        /**
         * @example {
         *       "score": 96,
         *       "status": "excellent",
         *       "deliveries": 1210,
         *       "errors": 6,
         *       "successRate": 0.995,
         *       "averageResponseTime": 0.084,
         *       "penalties": [
         *         {
         *           "name": "breakers",
         *           "value": 4,
         *           "cap": 20,
         *           "evidence": {
         *             "open": 1
         *           },
         *           "explanation": "1 circuit breakers are open"
         *         }
         *       ]
         *     }
         */
        SystemHealthOut: {
            /** @description 0 to 100: 100 less the penalties. */
            score: number;
            /** @enum {string} */
            status: "excellent" | "good" | "fair" | "poor" | "critical";
            penalties: components["schemas"]["HealthPenalty"][];
            /** @description Ended in the last hour, delivered or dead-lettered. */
            deliveries: number;
            /** @description Deliveries whose last attempt failed. */
            errors: number;
            /** @description Delivered ÷ ended; absent without deliveries. */
            successRate?: number;
            /** @description Of the attempts, in seconds. */
            averageResponseTime?: number;
        };
        HealthPenalty: {
            /** @enum {string} */
            name: "success" | "errors" | "latency" | "breakers" | "backlog";
            /** @description Points taken. */
            value: number;
            cap: number;
            evidence: {
                [key: string]: number;
            };
            explanation: string;
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
    Health_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_startup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Audit_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                actor?: string;
                action?: string;
                before?: string;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseAuditEntryOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Environments_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseEnvironmentOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Environments_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvironmentIn"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewEnvironmentOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Environments_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                environment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EnvironmentSettings_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentSettingsOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EnvironmentSettings_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvironmentSettingsPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentSettingsOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseApiKeyOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyIn"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKeyOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_rotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyRotateIn"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKeyOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Portal_createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppPortalAccessIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppPortalAccessOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Portal_expireTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationTokenExpireIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Portal_logOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Applications_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseApplicationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Applications_create: {
        parameters: {
            query?: {
                /** @description Answer 200 with the application that has the uid, if one has. */
                get_if_exists?: boolean;
            };
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Applications_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Applications_upsert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Applications_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Applications_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Caches_stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CacheStatsOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Caches_invalidate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CacheInvalidateIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Endpoints_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Endpoints_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointIn"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Endpoints_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Endpoints_upsert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointUpsertIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointOut"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Endpoints_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Endpoints_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndpointSettings_getSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointSecretOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndpointSettings_rotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointSecretRotateIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndpointSettings_getHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointHeadersOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndpointSettings_setHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointHeadersIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EndpointSettings_patchHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointHeadersPatchIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    FilterPreview_preview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FilterPreviewIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilterPreviewOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Transformation_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointTransformationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Transformation_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointTransformationPatch"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EventTypes_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                include_archived?: boolean;
                /** @description Include the schemas. */
                with_content?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseEventTypeOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EventTypes_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventTypeIn"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EventTypes_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_type_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EventTypes_upsert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_type_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventTypeUpsertIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeOut"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EventTypes_delete: {
        parameters: {
            query?: {
                /** @description Remove it for good instead of archiving it. */
                expunge?: boolean;
            };
            header?: never;
            path: {
                event_type_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    EventTypes_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_type_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventTypePatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Catalogue_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentExportOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Catalogue_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvironmentImportIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Catalogue_importOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventTypeImportOpenApiIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeImportOpenApiOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Catalogue_describe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiDocument"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MessageContents_precheck: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessagePrecheckIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePrecheckOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MessageContents_expungeAll: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTaskStarted"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MessageContents_expungeSome: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkExpungeContentsIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkExpungeContentsOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MessageContents_expunge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                msg_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    MessageContents_expungeAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                msg_id: string;
                attempt_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Messages_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                channel?: string;
                tag?: string;
                event_types?: string[];
                before?: string;
                after?: string;
                /** @description Show payloads; true when absent. */
                with_content?: boolean;
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseMessageOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Messages_publish: {
        parameters: {
            query?: {
                /** @description Show payloads; true when absent. */
                with_content?: boolean;
            };
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageIn"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Messages_get: {
        parameters: {
            query?: {
                /** @description Show payloads; true when absent. */
                with_content?: boolean;
            };
            header?: never;
            path: {
                app_id: string;
                msg_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Attempts_listByEndpoint: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                status?: number;
                channel?: string;
                tag?: string;
                event_types?: string[];
                before?: string;
                after?: string;
                /** @description Show contents; true when absent. */
                with_content?: boolean;
                /** @description Show 4 (canceled) as 4; as 0 when absent. */
                expanded_statuses?: boolean;
                status_code_class?: number;
                with_msg?: boolean;
                endpoint_id?: string;
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseMessageAttemptOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Attempts_listByMessage: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                status?: number;
                channel?: string;
                tag?: string;
                event_types?: string[];
                before?: string;
                after?: string;
                /** @description Show contents; true when absent. */
                with_content?: boolean;
                /** @description Show 4 (canceled) as 4; as 0 when absent. */
                expanded_statuses?: boolean;
                status_code_class?: number;
                with_msg?: boolean;
                endpoint_id?: string;
            };
            header?: never;
            path: {
                app_id: string;
                msg_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseMessageAttemptOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Attempts_get: {
        parameters: {
            query?: {
                /** @description Show 4 (canceled) as 4; as 0 when absent. */
                expanded_statuses?: boolean;
            };
            header?: never;
            path: {
                app_id: string;
                msg_id: string;
                attempt_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageAttemptOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Attempts_resend: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                endpoint_id: string;
                msg_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyResponse"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Destinations_listMessages: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                status?: number;
                channel?: string;
                tag?: string;
                event_types?: string[];
                before?: string;
                after?: string;
                /** @description Show contents; true when absent. */
                with_content?: boolean;
                /** @description Show 4 (canceled) as 4; as 0 when absent. */
                expanded_statuses?: boolean;
            };
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseEndpointMessageOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Destinations_listEndpoints: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
            };
            header?: never;
            path: {
                app_id: string;
                msg_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseMessageEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tasks_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                state?: "waiting" | "running" | "paused" | "finished" | "failed" | "cancelled";
                type?: "endpoint.recover" | "endpoint.replay" | "endpoint.bulk-replay" | "application.purge_content" | "application.stats" | "event-type.aggregate" | "dead-letter.replay";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseTaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tasks_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tasks_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tasks_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tasks_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    BackgroundTasks_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                status?: "running" | "finished" | "failed";
                task?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseBackgroundTaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    BackgroundTasks_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Recovery_recover: {
        parameters: {
            query?: {
                /** @description Start nothing: answer 200 with what would be sent again. */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecoverIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPlan"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTaskStarted"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Recovery_replayMissing: {
        parameters: {
            query?: {
                /** @description Start nothing: answer 200 with what would be sent again. */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPlan"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTaskStarted"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Recovery_bulkReplay: {
        parameters: {
            query?: {
                /** @description Start nothing: answer 200 with what would be sent again. */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkReplayIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPlan"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTaskStarted"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Recovery_stats: {
        parameters: {
            query?: {
                since?: string;
                until?: string;
            };
            header?: never;
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointStats"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SendExample_send: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventExampleIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Poller_poll: {
        parameters: {
            query?: {
                limit?: number;
                iterator?: string;
                event_type?: string;
                channel?: string;
                after?: string;
            };
            header?: never;
            path: {
                app_id: string;
                sink_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PollingEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Poller_pollAs: {
        parameters: {
            query?: {
                limit?: number;
                iterator?: string;
            };
            header?: never;
            path: {
                app_id: string;
                sink_id: string;
                consumer_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PollingEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Poller_seek: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                sink_id: string;
                consumer_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PollingEndpointConsumerSeekIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PollingEndpointConsumerSeekOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Deliveries_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                status?: "pending" | "in_flight" | "delivered" | "dead_letter" | "cancelled";
                /** @description Why it ended without success. */
                reason?: "exhausted" | "endpoint_disabled" | "endpoint_gone" | "blocked_address" | "payload_too_large" | "internal" | "endpoint_deleted" | "requested";
                msg_id?: string;
                app_id?: string;
                endpoint_id?: string;
                event_types?: string[];
                status_code_class?: number;
                /** @description Why the last attempt got no usable response. */
                error_kind?: "blocked_address" | "dns_error" | "connect_timeout" | "connection_refused" | "connection_reset" | "tls_error" | "timeout" | "response_too_large_header" | "protocol_error" | "aborted" | "internal";
                before?: string;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseDeliveryOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Deliveries_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetailOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Deliveries_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Deliveries_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Ledger_ledger: {
        parameters: {
            query?: {
                app_id?: string;
                endpoint_id?: string;
                after?: string;
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Ledger_deadLetters: {
        parameters: {
            query?: {
                app_id?: string;
                endpoint_id?: string;
                after?: string;
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterGroups"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLetters_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
                app_id?: string;
                endpoint_id?: string;
                event_types?: string[];
                status_code_class?: number;
                /** @description Why the last attempt got no usable response. */
                error_kind?: "blocked_address" | "dns_error" | "connect_timeout" | "connection_refused" | "connection_reset" | "tls_error" | "timeout" | "response_too_large_header" | "protocol_error" | "aborted" | "internal";
                before?: string;
                after?: string;
                reason?: "exhausted" | "endpoint_disabled" | "endpoint_gone" | "blocked_address" | "payload_too_large" | "internal";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseDeliveryOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLetters_export: {
        parameters: {
            query?: {
                app_id?: string;
                endpoint_id?: string;
                event_types?: string[];
                status_code_class?: number;
                /** @description Why the last attempt got no usable response. */
                error_kind?: "blocked_address" | "dns_error" | "connect_timeout" | "connection_refused" | "connection_reset" | "tls_error" | "timeout" | "response_too_large_header" | "protocol_error" | "aborted" | "internal";
                before?: string;
                after?: string;
                reason?: "exhausted" | "endpoint_disabled" | "endpoint_gone" | "blocked_address" | "payload_too_large" | "internal";
                /** @description With payloads; true when absent. */
                with_content?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["DeadLetterLine"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLetterReplay_replay: {
        parameters: {
            query?: {
                /** @description Start nothing: answer 200 with what would be sent again. */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeadLetterReplayIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPlan"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Explain_explain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                msg_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageExplainOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Explain_plugins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginsOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalEndpoints_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOperationalWebhookEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalEndpoints_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationalWebhookEndpointIn"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationalWebhookEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalEndpoints_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationalWebhookEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalEndpoints_upsert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationalWebhookEndpointUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationalWebhookEndpointOut"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationalWebhookEndpointOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalEndpoints_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalSettings_getSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointSecretOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalSettings_rotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointSecretRotateIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalSettings_getHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointHeadersOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    OperationalSettings_putHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointHeadersIn"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Integrations_list: {
        parameters: {
            query?: {
                /** @description Most items to return; 50 when absent. */
                limit?: number;
                /** @description Where to go on: `iterator` or `prevIterator` of an earlier answer. */
                iterator?: string;
                order?: "ascending" | "descending";
            };
            header?: never;
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseIntegrationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Integrations_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationIn"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description What is stored stands in its way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Integrations_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                integ_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Integrations_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                integ_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IntegrationUpdate"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Integrations_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                app_id: string;
                integ_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Integrations_rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path: {
                app_id: string;
                integ_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntegrationKeyOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Live_stream: {
        parameters: {
            query?: {
                /** @description Only what concerns this application. */
                app_id?: string;
                /** @description `attempt`, `delivery.ended`, or types of operational events; all when absent. */
                types?: string[];
            };
            header?: {
                /** @description The id of the last event that was seen. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 3fJ0aQm1
                     *     event: message.created
                     *     data: {"eventType":"invoice.paid","payload":{"invoiceId":"in_1042","amount":12500,"currency":"EUR"}}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Problem"];
                };
            };
        };
    };
    Simulation_simulate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulationIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Usage_ofApplications: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request within 24 hours gives the same answer, and takes effect once. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppUsageStatsIn"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppUsageStatsOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency-key runs, or what is stored stands in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Usage_ofEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTaskStarted"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analytics_report: {
        parameters: {
            query: {
                /** @description Id or uid of an application; all when absent. */
                app_id?: string;
                /** @description Id or uid of one of its endpoints; all when absent. */
                endpoint_id?: string;
                /** @description All event types when absent. */
                event_type?: string;
                from: string;
                to: string;
                /** @description IANA name; UTC when absent. */
                time_zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PerformanceReport"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analytics_endpoint: {
        parameters: {
            query: {
                app_id: string;
                /** @description How far back; 7 when absent. */
                days?: number;
                /** @description IANA name; UTC when absent. */
                time_zone?: string;
            };
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointReport"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Analytics_timeseries: {
        parameters: {
            query: {
                /** @description Id or uid of an application; all when absent. */
                app_id?: string;
                /** @description Id or uid of one of its endpoints; all when absent. */
                endpoint_id?: string;
                /** @description All event types when absent. */
                event_type?: string;
                from: string;
                to: string;
                metric: string;
                /** @description `hour` (of the last 8 days) or `day`, which is the default. */
                step?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeseries"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Metrics_summary: {
        parameters: {
            query?: {
                /** @description How far to look back, in seconds; 300 when absent. At most the retention of metrics. */
                window?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricsSummaryOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Metrics_listThresholds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseThresholdOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Metrics_setThreshold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                threshold_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThresholdIn"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThresholdOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Metrics_deleteThreshold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                threshold_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Metrics_alerts: {
        parameters: {
            query?: {
                /** @description How far to look back, in seconds; 300 when absent. At most the retention of metrics. */
                window?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseAlertOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    SystemHealth_system: {
        parameters: {
            query?: {
                /** @description Id or uid: the health of one application. */
                application?: string;
                /** @description Id or uid: the health of one endpoint of `application`. */
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemHealthOut"];
                };
            };
            /** @description The request cannot be understood. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing in this environment. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A rule is broken; `detail` lists each one. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too many requests, or too many with a wrong key; `retry-after` says when to try again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done now; `retry-after` says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
