{{- define "postrider.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "postrider.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "postrider.labels" -}}
{{ include "postrider.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "postrider.image" -}}
{{ required "image.repository is required: where you keep the Postrider image" .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* The component that delivers: what autoscaling looks at. */}}
{{- define "postrider.delivering" -}}
{{ if eq .Values.mode "split" }}worker{{ else }}all{{ end }}
{{- end }}

{{/* The component that serves the API. */}}
{{- define "postrider.serving" -}}
{{ if eq .Values.mode "split" }}api{{ else }}all{{ end }}
{{- end }}

{{/* No right that the server does not use; the file system is read-only but for /tmp and an unused /data. */}}
{{- define "postrider.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "postrider.containerSecurity" -}}
readOnlyRootFilesystem: true
allowPrivilegeEscalation: false
capabilities: { drop: [ALL] }
{{- end }}

{{/* Secrets come as files, so that they are in no environment. */}}
{{- define "postrider.env" -}}
- { name: POSTRIDER_DATABASE_URL_FILE, value: /secrets/database/url }
{{- if .Values.redis.existingSecret }}
- { name: POSTRIDER_REDIS_URL_FILE, value: /secrets/redis/url }
{{- end }}
{{- if .Values.apiKey.existingSecret }}
- { name: POSTRIDER_API_KEY_FILE, value: /secrets/api-key/key }
{{- end }}
{{- if .Values.secrets.existingSecret }}
- { name: POSTRIDER_SECRETS_KEY_FILE, value: /secrets/at-rest/keys }
{{- end }}
{{- range $name, $value := .Values.config }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "postrider.mounts" -}}
- { name: tmp, mountPath: /tmp }
- { name: data, mountPath: /data }
- { name: database, mountPath: /secrets/database, readOnly: true }
{{- if .Values.redis.existingSecret }}
- { name: redis, mountPath: /secrets/redis, readOnly: true }
{{- end }}
{{- if .Values.apiKey.existingSecret }}
- { name: api-key, mountPath: /secrets/api-key, readOnly: true }
{{- end }}
{{- if .Values.secrets.existingSecret }}
- { name: at-rest, mountPath: /secrets/at-rest, readOnly: true }
{{- end }}
{{- end }}

{{- define "postrider.volumes" -}}
- { name: tmp, emptyDir: {} }
- { name: data, emptyDir: {} }
- name: database
  secret:
    secretName: {{ required "database.existingSecret is required: a Secret with the connection URL of PostgreSQL" .Values.database.existingSecret }}
    defaultMode: 0440
    items: [{ key: {{ .Values.database.key }}, path: url }]
{{- if .Values.redis.existingSecret }}
- name: redis
  secret: { secretName: {{ .Values.redis.existingSecret }}, defaultMode: 0440, items: [{ key: {{ .Values.redis.key }}, path: url }] }
{{- end }}
{{- if .Values.apiKey.existingSecret }}
- name: api-key
  secret: { secretName: {{ .Values.apiKey.existingSecret }}, defaultMode: 0440, items: [{ key: {{ .Values.apiKey.key }}, path: key }] }
{{- end }}
{{- if .Values.secrets.existingSecret }}
- name: at-rest
  secret: { secretName: {{ .Values.secrets.existingSecret }}, defaultMode: 0440, items: [{ key: {{ .Values.secrets.key }}, path: keys }] }
{{- end }}
{{- end }}

{{/* One Deployment. Takes a dict of: root, component, role, replicas (absent: left to an autoscaler). */}}
{{- define "postrider.deployment" -}}
{{- $root := .root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "postrider.name" $root }}-{{ .component }}
  labels:
    {{- include "postrider.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
spec:
  {{- if hasKey . "replicas" }}
  replicas: {{ .replicas }}
  {{- end }}
  # A new pod first, then an old one goes: the API never has fewer pods than asked for.
  strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
  selector:
    matchLabels:
      {{- include "postrider.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .component }}
  template:
    metadata:
      labels:
        {{- include "postrider.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
        {{- with $root.Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $root.Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "postrider.name" $root }}
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
      securityContext:
        {{- include "postrider.podSecurity" $root | nindent 8 }}
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: postrider
          image: {{ include "postrider.image" $root }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          securityContext:
            {{- include "postrider.containerSecurity" $root | nindent 12 }}
          env:
            - { name: POSTRIDER_ROLE, value: {{ .role }} }
            - { name: POSTRIDER_METRICS_HOST, value: 0.0.0.0 }
            - { name: POSTRIDER_METRICS_PORT, value: {{ $root.Values.metrics.port | quote }} }
            - { name: POSTRIDER_PRE_STOP_DELAY_MS, value: {{ mul $root.Values.preStopDelaySeconds 1000 | quote }} }
            {{- include "postrider.env" $root | nindent 12 }}
          ports:
            - { name: http, containerPort: 8071 }
            - { name: metrics, containerPort: {{ $root.Values.metrics.port }} }
          # Alive is enough: a pod that waits for its database is not helped by being replaced.
          startupProbe: { httpGet: { path: /api/v1/health/live, port: http }, periodSeconds: 2, failureThreshold: 60 }
          livenessProbe: { httpGet: { path: /api/v1/health/live, port: http }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
          readinessProbe: { httpGet: { path: /api/v1/health/ready, port: http }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 }
          resources:
            {{- toYaml $root.Values.resources | nindent 12 }}
          volumeMounts:
            {{- include "postrider.mounts" $root | nindent 12 }}
      volumes:
        {{- include "postrider.volumes" $root | nindent 8 }}
      topologySpreadConstraints:
        {{- if $root.Values.topologySpreadConstraints }}
        {{- toYaml $root.Values.topologySpreadConstraints | nindent 8 }}
        {{- else }}
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "postrider.selector" $root | nindent 14 }}
              app.kubernetes.io/component: {{ .component }}
        {{- end }}
      {{- with $root.Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
