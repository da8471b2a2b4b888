#pragma once
#include "Arduino.h"
enum { WL_CONNECTED };
struct WiFiClass {
    void begin(const char*, const char*) {}
    int status() { return WL_CONNECTED; }
};
static WiFiClass WiFi;
class WiFiClient {};
