// As much of esp-mqtt as the snippet uses, to read its syntax without ESP-IDF.
#pragma once
#include <cstdint>
typedef const char* esp_event_base_t;
typedef struct esp_mqtt_client* esp_mqtt_client_handle_t;
enum { MQTT_EVENT_ANY = -1, MQTT_EVENT_CONNECTED, MQTT_EVENT_DATA };
typedef struct {
    esp_mqtt_client_handle_t client;
    char* topic;
    int topic_len;
    char* data;
    int data_len;
} esp_mqtt_event_t;
typedef esp_mqtt_event_t* esp_mqtt_event_handle_t;
typedef struct {
    struct { struct { const char* uri; } address; } broker;
    struct { const char* username; const char* client_id; struct { const char* password; } authentication; } credentials;
    struct { struct { const char* topic; const char* msg; int qos; int retain; } last_will; } session;
} esp_mqtt_client_config_t;
inline esp_mqtt_client_handle_t esp_mqtt_client_init(const esp_mqtt_client_config_t*) { return nullptr; }
inline int esp_mqtt_client_register_event(esp_mqtt_client_handle_t, int, void (*)(void*, esp_event_base_t, int32_t, void*), void*) { return 0; }
inline int esp_mqtt_client_start(esp_mqtt_client_handle_t) { return 0; }
inline int esp_mqtt_client_subscribe(esp_mqtt_client_handle_t, const char*, int) { return 0; }
inline int esp_mqtt_client_publish(esp_mqtt_client_handle_t, const char*, const char*, int, int, int) { return 0; }
