// A small C interface to the physics engine Box2D (Erin Catto, MIT licence): what the tasks need, and no more.
#ifndef CBOX2D_H
#define CBOX2D_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A world with its bodies and joints, which are numbered in the order in which they are made.
typedef struct box2d_world box2d_world;

box2d_world *box2d_world_create(float gravity_x, float gravity_y);
/// Frees the world and everything in it.
void box2d_world_destroy(box2d_world *world);

/// What a body is made of, and what it collides with.
typedef struct {
    float density;
    float friction;
    uint16_t category;
    uint16_t mask;
} box2d_material;

/// A body that never moves, of `count` edges: edge i from (points[4 i], points[4 i + 1]) to (points[4 i + 2],
/// points[4 i + 3]).
int32_t box2d_add_edges(box2d_world *world, const float *points, int32_t count, box2d_material material);
/// A body that never moves, a convex polygon of `count` corners, 3 … 8.
int32_t box2d_add_static_polygon(box2d_world *world, const float *corners, int32_t count, box2d_material material);
/// A body that moves, a convex polygon of `count` corners, 3 … 8, about its own origin.
int32_t box2d_add_polygon(
    box2d_world *world, const float *corners, int32_t count, float x, float y, float angle, box2d_material material);
/// A body that moves, a rectangle of the given half sides.
int32_t box2d_add_box(
    box2d_world *world, float half_width, float half_height, float x, float y, float angle, box2d_material material);

/// A joint about which two bodies turn: anchors in the bodies' own coordinates, limits of the angle, and a motor.
typedef struct {
    int32_t body_a, body_b;
    float anchor_a_x, anchor_a_y, anchor_b_x, anchor_b_y;
    float lower_angle, upper_angle;
    float motor_speed, maximum_torque;
} box2d_hinge;

int32_t box2d_add_hinge(box2d_world *world, box2d_hinge hinge);
void box2d_set_motor(box2d_world *world, int32_t hinge, float speed, float maximum_torque);
float box2d_hinge_angle(const box2d_world *world, int32_t hinge);
float box2d_hinge_speed(const box2d_world *world, int32_t hinge);

void box2d_apply_force(box2d_world *world, int32_t body, float x, float y);
void box2d_apply_torque(box2d_world *world, int32_t body, float torque);
void box2d_apply_impulse(box2d_world *world, int32_t body, float x, float y, float at_x, float at_y);

/// Lets `seconds` pass.
void box2d_step(box2d_world *world, float seconds, int32_t velocity_iterations, int32_t position_iterations);

typedef struct {
    float x, y, angle;
    float velocity_x, velocity_y, angular_velocity;
    bool is_awake;
    /// Whether the body's latest change of contact was a beginning.
    bool is_touching;
    /// Whether a contact of the body has ever begun.
    bool has_touched;
} box2d_body;

box2d_body box2d_body_state(const box2d_world *world, int32_t body);

/// Which share of the way from (x1, y1) to (x2, y2) is free of fixtures of a category in `categories`: 0 … 1.
float box2d_cast_ray(const box2d_world *world, float x1, float y1, float x2, float y2, uint16_t categories);

#ifdef __cplusplus
}
#endif

#endif
