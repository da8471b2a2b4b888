#pragma once
#include "WiFi.h"
class PubSubClient {
  public:
    explicit PubSubClient(WiFiClient&) {}
    void setServer(const char*, uint16_t) {}
    void setBufferSize(uint16_t) {}
    void setCallback(void (*)(char*, byte*, unsigned int)) {}
    bool connected() { return true; }
    bool connect(const char*, const char*, const char*) { return true; }
    bool connect(const char*, const char*, const char*, const char*, uint8_t, bool, const char*) { return true; }
    bool subscribe(const char*, uint8_t) { return true; }
    bool loop() { return true; }
    bool publish(const char*, const char*) { return true; }
    bool publish(const char*, const char*, bool) { return true; }
};
